"""The types, kinds and states that records have. Members are strings: ``MentionType.PERS == "PERS"``."""

from enum import StrEnum

__all__ = [
    "Aspect",
    "EventType",
    "Gender",
    "GrammaticalNumber",
    "MentionType",
    "NumberKind",
    "Pos",
    "QuoteKind",
    "RelationType",
    "SegmentKind",
    "Status",
    "TimeType",
    "TokenKind",
    "Voice",
    "Zone",
]


class Zone(StrEnum):
    """Which part of a page a sentence belongs to; analysis runs on title and body."""

    TITLE = "title"
    BODY = "body"
    BYLINE = "byline"
    """Who wrote it."""
    DATELINE = "dateline"
    """Where and when it was written."""
    BOILERPLATE = "boilerplate"
    """What surrounds an article on the web: related links, share and comment lines, author boxes, photo credits."""


class TokenKind(StrEnum):
    """Class of a token by its characters."""

    ARABIC = "arabic"
    LATIN = "latin"
    """A word in Latin or another script."""
    NUMBER = "number"
    URL = "url"
    EMAIL = "email"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    EMOJI = "emoji"
    PUNCTUATION = "punctuation"


class SegmentKind(StrEnum):
    """What part of a word a segment is."""

    PROCLITIC = "proclitic"
    STEM = "stem"
    ENCLITIC = "enclitic"
    ARTICLE = "article"
    """Only where the segmentation scheme parts it from the word."""


class Pos(StrEnum):
    """Part of speech, by the tags of Universal Dependencies (https://universaldependencies.org/u/pos/)."""

    ADJ = "ADJ"
    """Adjective."""
    ADP = "ADP"
    """Preposition."""
    ADV = "ADV"
    """Adverb."""
    AUX = "AUX"
    """Auxiliary: كان, ليس."""
    CCONJ = "CCONJ"
    """Coordinating conjunction."""
    DET = "DET"
    """Determiner; the article, where a segmentation scheme parts it from its word."""
    INTJ = "INTJ"
    """Interjection."""
    NOUN = "NOUN"
    NUM = "NUM"
    """Number, in digits or words."""
    PART = "PART"
    """Particle (لا, لم, قد, the س of the future)."""
    PRON = "PRON"
    """Pronoun."""
    PROPN = "PROPN"
    """Proper noun."""
    PUNCT = "PUNCT"
    """Punctuation."""
    SCONJ = "SCONJ"
    """Subordinating conjunction."""
    SYM = "SYM"
    """Symbol."""
    VERB = "VERB"
    X = "X"
    """Anything else: foreign words, fragments."""


class Aspect(StrEnum):
    """Forms of a verb by time."""

    PERFECTIVE = "perfective"
    """الماضي"""
    IMPERFECTIVE = "imperfective"
    """المضارع"""
    IMPERATIVE = "imperative"
    """الأمر"""


class Voice(StrEnum):
    """Whether the subject of a verb acts or undergoes."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Gender(StrEnum):
    """Grammatical gender."""

    MASCULINE = "masculine"
    FEMININE = "feminine"


class GrammaticalNumber(StrEnum):
    """Grammatical number."""

    SINGULAR = "singular"
    DUAL = "dual"
    PLURAL = "plural"


class MentionType(StrEnum):
    """Types of mentions and entities."""

    PERS = "PERS"
    """A named person."""
    NORP = "NORP"
    """Nationality, religious, ethnic or political adherence."""
    OCC = "OCC"
    """Title, post, rank or profession of a specific person."""
    ORG = "ORG"
    """Organisation, government body, army, armed group, company, party, media outlet, team."""
    GPE = "GPE"
    """Country, city, province or region that acts as a place with a government."""
    LOC = "LOC"
    """Natural or non-political place."""
    FAC = "FAC"
    """Building, port, base, airport, road, camp."""
    EVENT = "EVENT"
    """Named event: war, conference, fair, tournament."""
    LAW = "LAW"
    """Named law, treaty, agreement, resolution."""
    PRODUCT = "PRODUCT"
    """Named weapon, vehicle, vessel, device, brand, work of art."""
    DATE = "DATE"
    TIME = "TIME"
    MONEY = "MONEY"
    PERCENT = "PERCENT"
    QUANTITY = "QUANTITY"
    CARDINAL = "CARDINAL"
    ORDINAL = "ORDINAL"
    LANGUAGE = "LANGUAGE"
    WEBSITE = "WEBSITE"


class RelationType(StrEnum):
    """Types of relations, head to tail."""

    LEADS = "leads"
    WORKS_FOR = "works_for"
    HAS_TITLE = "has_title"
    CITIZEN_OF = "citizen_of"
    CHILD_OF = "child_of"
    SIBLING_OF = "sibling_of"
    SPOUSE_OF = "spouse_of"
    RELATIVE_OF = "relative_of"
    BORN_IN = "born_in"
    LIVES_IN = "lives_in"
    DIED_IN = "died_in"
    SUCCEEDS = "succeeds"
    PART_OF = "part_of"
    AFFILIATED_COUNTRY = "affiliated_country"
    BASED_IN = "based_in"
    LOCATED_IN = "located_in"
    CAPITAL_OF = "capital_of"
    FOUNDED_BY = "founded_by"
    OWNED_BY = "owned_by"
    MANUFACTURES = "manufactures"
    USES = "uses"
    CONTROLS = "controls"
    SUPPORTS = "supports"
    OPPOSES = "opposes"
    ALLIED_WITH = "allied_with"
    PARTY_TO = "party_to"
    PARTICIPATES_IN = "participates_in"


class EventType(StrEnum):
    """PLOVER's sixteen classes of events."""

    CONSULT = "CONSULT"
    """Meet, visit, host, call, talk, mediate."""
    AGREE = "AGREE"
    """Agree to, promise, offer."""
    SUPPORT = "SUPPORT"
    """Back verbally or diplomatically, sign or ratify an agreement, recognise."""
    COOPERATE = "COOPERATE"
    """Mutual material cooperation: trade, joint exercise, intelligence sharing."""
    AID = "AID"
    """Give money, arms, troops, training, relief."""
    CONCEDE = "CONCEDE"
    """Verbal concession, easing, announced ceasefire."""
    RETREAT = "RETREAT"
    """Withdrawal, release, resignation, ceding."""
    REQUEST = "REQUEST"
    """Ask, demand, call on, urge."""
    ACCUSE = "ACCUSE"
    """Accuse, criticise, condemn, sue, investigate."""
    REJECT = "REJECT"
    """Refuse, veto, decline, defy."""
    THREATEN = "THREATEN"
    """Threaten, warn with consequences."""
    PROTEST = "PROTEST"
    """Demonstration, strike, riot."""
    SANCTION = "SANCTION"
    """Reduce relations, cut aid, boycott, expel diplomats."""
    MOBILIZE = "MOBILIZE"
    """Deploy, raise alert, exercise without use of force."""
    COERCE = "COERCE"
    """Arrest, seize, ban, censor, deport."""
    ASSAULT = "ASSAULT"
    """Attack, bomb, kill, clash, capture."""


class Status(StrEnum):
    """How real an event is told to be."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class QuoteKind(StrEnum):
    """How words are quoted."""

    DIRECT = "direct"
    """Inside marks, or in the first person."""
    INDIRECT = "indirect"
    """A content clause after a reporting verb."""


class NumberKind(StrEnum):
    """What a number counts."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    MONEY = "money"
    QUANTITY = "quantity"


class TimeType(StrEnum):
    """TIMEX3's types."""

    DATE = "DATE"
    """A calendar expression of a day or longer."""
    TIME = "TIME"
    """An expression shorter than a day."""
    DURATION = "DURATION"
    """A length of time."""
    SET = "SET"
    """A repeated time."""
