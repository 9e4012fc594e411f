//! The one engine that patterns of relations and quotations, frames of events and users' own rules run on.
