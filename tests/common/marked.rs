//! Texts with marked mentions, and with mentions anywhere: what linking, relations and events are tried on.

use khabar::mention::{Mention, MentionType};
use khabar::segment::Segmentation;
use khabar::span::Span;

/// A mention of the segments that a span touches.
pub fn mention(segmentation: &Segmentation<'_>, kind: MentionType, span: Span) -> Mention {
    let start = segmentation.segments.partition_point(|s| s.span.end <= span.start);
    let end = segmentation.segments.partition_point(|s| s.span.start < span.end);
    Mention { span, segments: Span::of(start, end), kind, value: None, entity: None, confidence: None }
}

/// Marked spans as mentions.
pub fn mentions(segmentation: &Segmentation<'_>, spans: &[(MentionType, Span)]) -> Vec<Mention> {
    spans.iter().map(|&(kind, span)| mention(segmentation, kind, span)).collect()
}
