// Reads GIFT from stdin with the grammar of gift-pegjs; writes what it found as JSON, or its error.
import { readFileSync } from "node:fs";
import { parse } from "gift-pegjs";

try {
  process.stdout.write(JSON.stringify(parse(readFileSync(0, "utf8"))));
} catch (error) {
  process.stdout.write(JSON.stringify({ error: error.message }));
}
