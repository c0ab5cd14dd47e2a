"""How the figures of a report come about, in words for its last section."""

from __future__ import annotations

METHOD = (
    "Which answers. A question is its id and its version: another version is another question. "
    "Only a learner's first attempt counts unless the report was asked for the last. What was not "
    "answered is left out of every figure. A learner is a file or a line of a table, and appears "
    "nowhere in this report. A question with fewer than five answers gets no figures, and numbers "
    "of one to four learners are not shown, nor what would give them away by subtraction.",
    "Difficulty is the share of right answers, with Wilson's 95 % interval.",
    "Discrimination is the correlation between answering this question right and the share right "
    "of the learner's other answers: the corrected point-biserial. A learner counts from five "
    "other answers on. The interval is Fisher's.",
    "KR-20, for questions that are right or wrong the same as Cronbach's alpha, is computed from "
    "the learners who answered every question. Its interval, and that of the standard error, come "
    "from 1000 samples of learners drawn with replacement (seed 2905), on the scale of "
    "log(1 \N{MINUS SIGN} alpha) and of the logarithm, with Student's t. The standard error of "
    "measurement is the standard deviation of the scores times the square root of "
    "1 \N{MINUS SIGN} alpha.",
    "What was chosen. Score groups are halves from 30 learners on and thirds from 60 on, by the "
    "share right of all answers. r is the correlation between choosing this and the share right of "
    "the learner's other answers. A wrong choice draws hardly anybody where Wilson's interval lies "
    "below a tenth of the wrong answers; that is 5 % of all at a difficulty of one half, and less "
    "for easy questions, where 5 % of all would be out of reach. This scaling is ours.",
    "The Rasch model is fitted by marginal maximum likelihood with a normal distribution of "
    "ability, from 30 learners on; the mean difficulty is 0 logits. Questions that all, or none, "
    "answered right cannot be placed. Intervals are 1.96 standard errors either way. With two "
    "parameters, from 250 learners on, ability has mean 0 and standard deviation 1. Three "
    "parameters are not offered.",
    "Difficulties, discriminations and alpha were compared with the R packages psych and eRm, and "
    "the intervals with the truth of simulated classes.",
)
