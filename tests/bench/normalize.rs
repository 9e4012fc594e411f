//! Speed of normalization in Rust: `cargo bench --bench normalize`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use khabar::normalize::{Options, fold_into, normalize, normalize_aligned, strip_tashkeel};

const SENTENCES: &str = "أعلنت وزارة الخارجية الأردنية أمس أن الوزير سيزور بغداد يوم الثلاثاء المقبل لبحث ملف المياه.
وقال المتحدث باسم الشرطة إنّ 35 شخصاً أُصيبوا في حادث سير على الطريق الساحلي، بينهم 4 أطفال.
ارتفعت أسعار القمح بنسبة 12% خلال الربع الأول من عام 2024 بحسب بيانات هيئة الإحصاء.
«لن نقبل بأي تأجيل جديد للانتخابات»، هكذا ردّت رئيسة الكتلة على اقتراح الحكومة في جلسة الأحد.
فاز الفريق الضيف بثلاثة أهداف مقابل هدف على ملعب المدينة الرياضية أمام ٢٢٠٠٠ متفرج.
وصلت إلى الميناء شحنة مساعدات تضم أدوية وخياماً ومولدات كهرباء تبرعت بها جمعيات محلية.";

/// A megabyte of the sentences' words in an order that no branch predictor learns by heart.
fn text() -> String {
    let words: Vec<&str> = SENTENCES.split([' ', '\n']).collect();
    let (mut text, mut state) = (String::new(), 1u64);
    while text.len() < 1 << 20 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(words[(state >> 33) as usize % words.len()]);
        text.push(if (state >> 20).is_multiple_of(40) { '\n' } else { ' ' });
    }
    text
}

fn main() {
    divan::main();
}

fn measure<T>(bencher: Bencher<'_, '_>, call: impl Fn(&str) -> T + Sync) {
    let text = text();
    bencher.counter(BytesCount::of_str(&text)).bench(|| call(black_box(&text)));
}

#[divan::bench]
fn search(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| normalize(text, &Options::search()).len());
}

#[divan::bench]
fn display(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| normalize(text, &Options::display()).len());
}

#[divan::bench]
fn aligned(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| normalize_aligned(text, &Options::search()));
}

#[divan::bench]
fn tashkeel(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| strip_tashkeel(text).len());
}

#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    measure(bencher, |text| {
        let (mut key, mut total) = (String::new(), 0);
        for word in text.split([' ', '\n']) {
            key.clear();
            fold_into(word, &mut key);
            total += key.len();
        }
        total
    });
}
