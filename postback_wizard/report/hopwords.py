"""Words for what a hop did: the fate of a parameter, how a value changed, whose the hop is, what to know about it."""

from collections.abc import Mapping

from postback_wizard.catalogue.along import HopOwner
from postback_wizard.catalogue.owners import HopRole
from postback_wizard.domain.altered import How
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.hopdiff import Fate, ParamFate
from postback_wizard.domain.hopnotes import NoteCode, SetCookie
from postback_wizard.domain.text import Text

FATES: Mapping[Fate, Text] = {
    "lost": Text(en="lost", ru="потерян"),
    "changed": Text(en="changed", ru="изменён"),
    "renamed": Text(en="renamed", ru="переименован"),
    "moved": Text(en="moved", ru="перенесён"),
    "kept": Text(en="kept", ru="сохранён"),
    "added": Text(en="added", ru="добавлен"),
}

HOWS: Mapping[How, Text] = {
    "respelled": Text(en="spelled otherwise, reads the same", ru="записан иначе, читается так же"),
    "escaped": Text(en="percent-encoded, reads the same", ru="закодирован через %, читается так же"),
    "unescaped": Text(en="percent-encoding removed, reads the same", ru="раскодирован, читается так же"),
    "lower": Text(en="lower-cased", ru="переведён в нижний регистр"),
    "upper": Text(en="upper-cased", ru="переведён в верхний регистр"),
    "case": Text(en="upper and lower case changed", ru="изменён регистр букв"),
    "trimmed": Text(en="spaces at its ends removed", ru="убраны пробелы по краям"),
    "cut": Text(en="cut at its end", ru="обрезан в конце"),
    "cut-start": Text(en="cut at its start", ru="обрезан в начале"),
    "extended": Text(en="something was appended", ru="в конец что-то приписано"),
    "encoded": Text(en="encoded once more", ru="закодирован ещё раз"),
    "encoded-twice": Text(en="encoded twice more", ru="закодирован ещё дважды"),
    "decoded": Text(en="decoded once more", ru="раскодирован лишний раз"),
    "decoded-twice": Text(en="decoded twice more", ru="раскодирован лишних два раза"),
    "plus-to-20": Text(en="+ became %20", ru="+ стал %20"),
    "20-to-plus": Text(en="%20 became +", ru="%20 стал +"),
    "plus-lost": Text(en="a plus became a space", ru="плюс стал пробелом"),
    "plus-gained": Text(en="a space became a plus", ru="пробел стал плюсом"),
    "emptied": Text(en="emptied", ru="опустел"),
    "filled": Text(en="was empty", ru="был пустым"),
    "macro-filled": Text(en="the macro was filled in", ru="макрос заменён значением"),
    "replaced": Text(en="another value", ru="другое значение"),
}

INTO = {
    "path": Text(en="into the path", ru="в путь"),
    "fragment": Text(en="into the part after #", ru="в часть после #"),
    "host": Text(en="into the host", ru="в имя хоста"),
    "in": Text(en="into the value of {name}", ru="внутрь значения {name}"),
}
OUT_OF = {
    "path": Text(en="from the path", ru="из пути"),
    "fragment": Text(en="from the part after #", ru="из части после #"),
    "host": Text(en="from the host", ru="из имени хоста"),
    "in": Text(en="from inside {name}", ru="из значения {name}"),
}
REORDERED = Text(en="order changed", ru="порядок изменён")

ROLES: Mapping[HopRole, Text] = {
    "source": Text(en="traffic source", ru="источник трафика"),
    "tracker": Text(en="tracker", ru="трекер"),
    "network": Text(en="affiliate network", ru="партнёрская сеть"),
    "advertiser": Text(en="landing page's owner", ru="владелец лендинга"),
    "affiliate": Text(en="the affiliate's own", ru="свой редирект вебмастера"),
}
#: The same where there is little room.
SHORT_ROLES: Mapping[HopRole, Text] = {
    "source": Text(en="source", ru="источник"),
    "tracker": Text(en="tracker", ru="трекер"),
    "network": Text(en="network", ru="сеть"),
    "advertiser": Text(en="landing page", ru="лендинг"),
    "affiliate": Text(en="own redirect", ru="свой редирект"),
}
SET_BY_YOU = Text(en="{owner}, set by you", ru="{owner}, указано вами")
GUESSED = Text(en="{owner} (guess)", ru="{owner} (догадка)")
DOUBTED = Text(en="{owner}?", ru="{owner}?")
UNKNOWN_OWNER = Text(en="owner unknown", ru="владелец неизвестен")

NOTES: Mapping[NoteCode, Text] = {
    "downgrade": Text(
        en="Protocol downgrade: the next address, at {host}, is http. Browsers may warn or block, and the way is open "
        "to be read.",
        ru="Понижение протокола: следующий адрес, на {host}, открывается по http. Браузер может предупредить или не "
        "пустить, а запрос виден посторонним.",
    ),
    "permanent": Text(
        en="Permanent redirect ({status}): a browser may remember it and skip this hop next time, so that no new click "
        "is recorded here.",
        ru="Постоянный редирект ({status}): браузер может запомнить его и в следующий раз пропустить этот переход; "
        "новый клик здесь не запишется.",
    ),
    "permanent-not-kept": Text(
        en="Permanent redirect ({status}), but no-store keeps browsers from remembering it.",
        ru="Постоянный редирект ({status}), но no-store не даёт браузеру его запомнить.",
    ),
    "port": Text(
        en="Port {port} is not the usual one; filters of companies and mobile networks may block it.",
        ru="Порт {port} нестандартный; корпоративные и мобильные сети могут его не пропускать.",
    ),
    "hsts-hides": Text(
        en="{host} sends Strict-Transport-Security: a browser that was here before asks over https by itself, so "
        "only new visitors take the http address.",
        ru="{host} присылает Strict-Transport-Security: браузер, который здесь уже был, сам пойдёт по https, и на "
        "http попадут только новые посетители.",
    ),
    "hsts-ignored": Text(
        en="Strict-Transport-Security came over http, where browsers ignore it.",
        ru="Strict-Transport-Security пришёл по http, там браузеры его не учитывают.",
    ),
}
SHORT_NOTES: Mapping[NoteCode, Text] = {
    "downgrade": Text(en="https → http", ru="https → http"),
    "permanent": Text(en="{status} permanent", ru="{status} постоянный"),
}

SESSION = Text(en="until the browser closes", ru="до закрытия браузера")
THIS_HOST = Text(en="this host only", ru="только этот хост")


def fate_remark(item: ParamFate, lang: str) -> str:
    """How and where to, in words; empty where the fate says everything."""
    places = OUT_OF if item.fate == "added" else INTO
    kind, _, name = item.place.partition(":")
    where = [places[kind].say(lang, name=name)] if kind in places else []
    order = [REORDERED.say(lang)] if item.reordered else []
    return ", ".join([*where, *(HOWS[how].say(lang) for how in item.hows), *order])


def owner_words(owner: HopOwner | None, lang: str, *, short: bool = False) -> str:
    """Whose a hop is and how sure that is, in a few words."""
    if owner is None:
        return UNKNOWN_OWNER.say(lang)
    form = SET_BY_YOU if owner.by_you else DOUBTED if owner.confidence is Confidence.HINT else GUESSED
    return form.say(lang, owner=named_role(owner, lang, short=short))


def named_role(owner: HopOwner, lang: str, *, short: bool = False) -> str:
    """The owner's name, where there is one, and role."""
    role = (SHORT_ROLES if short else ROLES)[owner.role].say(lang)
    return f"{owner.name}, {role}" if owner.name else role


def cookie_terms(cookie: SetCookie, lang: str) -> str:
    """For whom a cookie is, and until when."""
    return f"{cookie.domain or THIS_HOST.say(lang)} · {cookie.expires or SESSION.say(lang)}"
