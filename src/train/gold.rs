//! Annotated documents.
