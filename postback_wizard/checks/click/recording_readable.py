"""Can the recording or the pasted text be read, and is the click in it?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import AT
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import HarEvidence, RecordedPage
from postback_wizard.domain.text import Text

RECORDING_UNREADABLE = Rule(
    code="recording-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The recording {file} could not be read ({problem}).", ru="Запись {file} не удалось прочитать ({problem})."
    ),
    why=Text(
        en="missing: no such file; folder: a folder, not a file; no-permission: you may not read it; too-large: over "
        "100 MiB; empty: no request in it; no-page: no page and no redirect in it. Nothing was concluded from it.",
        ru="missing: такого файла нет; folder: это папка; no-permission: нет прав на чтение; too-large: больше 100 "
        "МиБ; empty: в ней нет запросов; no-page: в ней нет ни страницы, ни редиректа. Выводов по ней не сделано.",
    ),
    fix=Text(
        en="Open the network panel, switch on the preserved log, click the link once, and save the HAR file again.",
        ru="Откройте вкладку «Сеть», включите сохранение журнала, кликните по ссылке один раз и сохраните HAR заново.",
    ),
)

RECORDING_DAMAGED = Rule(
    code="recording-damaged",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The recording {file} is no valid JSON (line:column {place}).",
        ru="Запись {file} содержит неверный JSON (строка:столбец {place}).",
    ),
    why=Text(
        en="A HAR file is one JSON document. A download that broke off, or an editor, spoils it; 0:0 means that it is "
        "nested too deeply.",
        ru="Файл HAR это один документ JSON. Его портит прерванная загрузка или редактор; 0:0 означает слишком "
        "глубокую вложенность.",
    ),
    fix=Text(en="Save the recording again and do not edit it.", ru="Сохраните запись заново и не правьте её."),
)

RECORDING_FOREIGN = Rule(
    code="recording-foreign",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(en="{file} is no HAR file ({what}).", ru="{file} не файл HAR ({what})."),
    why=Text(
        en="Session files of Charles, Fiddler and Proxyman have forms of their own, and other JSON or text holds no "
        "requests that could be told apart.",
        ru="У файлов сессий Charles, Fiddler и Proxyman свой формат, а в другом JSON или тексте запросы не различить.",
    ),
    fix=Text(
        en="Export the session from that program as HAR and name that file.",
        ru="Экспортируйте сессию из этой программы в HAR и укажите этот файл.",
    ),
)

RECORDING_WITHOUT_CLICK = Rule(
    code="recording-without-click",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The recording holds no request for the click URL {url}.", ru="В записи нет запроса к URL клика {url}."
    ),
    why=Text(
        en="It holds {count:page|pages}, beginning at: {others}. Which of them is the click cannot be told.",
        ru="В ней {count:страница|страницы|страниц}, начала: {others}. Какая из них клик, определить нельзя.",
    ),
    fix=Text(
        en="Put one of these addresses into the click URL, or empty it to have one proposed.",
        ru="Укажите один из этих адресов как URL клика или очистите поле, чтобы программа предложила сама.",
    ),
)

COMMAND_WITHOUT_OUTPUT = Rule(
    code="command-without-output",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="What was pasted is a command for {url}, without the answer to it.",
        ru="Вставлена команда для {url}, но без ответа на неё.",
    ),
    why=Text(
        en="A command shows what would be asked, not what servers answer; no redirect can be judged from it.",
        ru="Команда показывает, что было бы запрошено, а не что ответили серверы; редиректы по ней не проверить.",
    ),
    fix=Text(
        en="Take {url} as the click URL and trace it, or paste what the command printed.",
        ru="Возьмите {url} как URL клика и пройдите по нему или вставьте то, что команда напечатала.",
    ),
)

PASTE_UNREADABLE = Rule(
    code="paste-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(en="The pasted text shows no hop ({problem}).", ru="Во вставленном тексте нет переходов ({problem})."),
    why=Text(
        en="too-large: over 1,048,576 characters, of which nothing was read; no-hops: no answer in it belongs to an "
        "address.",
        ru="too-large: больше 1 048 576 символов, текст не читался; no-hops: ни один ответ в нём не относится к "
        "адресу.",
    ),
    fix=Text(
        en="Run curl -sS -v -L -o /dev/null with the link in quotes, and paste everything it prints.",
        ru="Выполните curl -sS -v -L -o /dev/null со ссылкой в кавычках и вставьте всё, что он напечатает.",
    ),
)

_PROBLEMS = {"HAR_TOO_LARGE": "too-large", "HAR_EMPTY": "empty", "HAR_NO_PAGE": "no-page"}
_PASTE = {"PASTE_TOO_LARGE": "too-large", "NO_HOPS": "no-hops"}
#: Addresses of pages a finding names; the evidence holds all.
_NAMED = 5


def check(case: Case) -> Iterator[Finding]:
    """What keeps a recording from being judged."""
    record = case.record("click")
    for item in record.evidence if record else ():
        if isinstance(item, HarEvidence) and not item.hops:
            yield from _unread(item)


def _unread(item: HarEvidence) -> Iterator[Finding]:
    place = "har" if item.path else "click_url"
    file, code = item.path.replace("\\", "/").rpartition("/")[2], (item.outcome or ("",))[0]
    match code:
        case "HAR_UNREADABLE" | "HAR_TOO_LARGE" | "HAR_EMPTY" | "HAR_NO_PAGE":
            yield RECORDING_UNREADABLE(place, file=file, problem=_PROBLEMS.get(code, item.detail or "?"))
        case "HAR_INVALID":
            yield RECORDING_DAMAGED(place, file=file, place=item.detail)
        case "HAR_FOREIGN":
            yield RECORDING_FOREIGN(place, file=file, what=item.detail)
        case "HAR_NO_START":
            others = "  ".join(page.url for page in item.pages[:_NAMED]) or "—"
            yield RECORDING_WITHOUT_CLICK(place, url=item.detail, count=len(item.pages), others=others)
        case "COMMAND_ONLY":
            yield COMMAND_WITHOUT_OUTPUT(place, url=item.detail)
        case "PASTE_TOO_LARGE" | "NO_HOPS":
            yield PASTE_UNREADABLE(place, problem=_PASTE[code])


def _failed(outcome: str, detail: str = "", *pages: RecordedPage, path: str = "click.har") -> HarEvidence:
    return HarEvidence("har", AT, path, (outcome,), detail=detail, pages=pages)


_SHOP = RecordedPage("https://shop.example/", 1, "https://shop.example/")
EXAMPLES = {
    RECORDING_UNREADABLE: example(_failed("HAR_UNREADABLE", "missing"), har="click.har"),
    RECORDING_DAMAGED: example(_failed("HAR_INVALID", "812:40"), har="click.har"),
    RECORDING_FOREIGN: example(_failed("HAR_FOREIGN", "Charles", path="click.chlsj"), har="click.chlsj"),
    RECORDING_WITHOUT_CLICK: example(
        _failed("HAR_NO_START", "https://trk.example/c/7", _SHOP), har="click.har", click_url="https://trk.example/c/7"
    ),
    COMMAND_WITHOUT_OUTPUT: example(
        _failed("COMMAND_ONLY", "https://trk.example/c/7", path=""), click_url="curl -sIL 'https://trk.example/c/7'"
    ),
    PASTE_UNREADABLE: example(_failed("NO_HOPS", path=""), click_url="HTTP/1.1 101 Switching Protocols\nUpgrade: x"),
}
