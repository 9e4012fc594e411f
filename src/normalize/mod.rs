//! Arabic normalization with alignment to the text as given.
