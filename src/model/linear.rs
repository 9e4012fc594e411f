//! Linear models over hashed features.
