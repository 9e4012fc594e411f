//! Mentions anywhere in a text, of any types and entities: what a stage must bear.

use khabar::entity::Entity;
use khabar::mention::{Mention, MentionType};
use khabar::segment::Segmentation;
use khabar::span::Span;

/// Mentions in their order, each out of (first segment, further segments, type, entity), and four entities.
pub fn scattered(segmentation: &Segmentation<'_>, raw: &[(usize, usize, usize, u32)]) -> (Vec<Mention>, Vec<Entity>) {
    let count = segmentation.segments.len();
    let mut mentions: Vec<Mention> = Vec::new();
    for &(start, length, kind, entity) in raw.iter().filter(|_| count > 0) {
        let segments = Span::of(start % count, (start % count + 1 + length).min(count));
        let kind = MentionType::ALL[kind % MentionType::ALL.len()];
        let span = segmentation.bytes(segments);
        mentions.push(Mention { span, segments, kind, value: None, entity: Some(entity), confidence: None });
    }
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let entity = |id: u32| {
        let kind = mentions.iter().find(|m| m.entity == Some(id)).map_or(MentionType::Org, |m| m.kind);
        let mentions = (0..).zip(&mentions).filter(|(_, m)| m.entity == Some(id)).map(|(i, _)| i).collect();
        Entity { id, kind, name: String::new(), latin: None, titles: Vec::new(), country: None, mentions }
    };
    // One entity fewer than the mentions tell of: an id that is none must do no harm.
    let entities = (0..4).map(entity).collect();
    (mentions, entities)
}
