"""What can be written on the command line, as data: each command, its words and flags, in both languages."""

from postback_wizard.domain.text import Text

#: The name everything is said under, also when started as ``python -m postback_wizard``.
PROGRAM = "postback-wizard"
LANGUAGES = ("en", "ru")
STEP_NAMES = ("click", "event", "replay", "template", "upload")
AUDIENCES = ("partner", "internal", "client")
FORMATS = ("md", "json", "har", "curl", "message", "bundle")


class Word:
    """One word or flag of a command.

    ``meta`` names its value; an option without one is a flag. ``many`` may be given more than once.
    """

    __slots__ = ("help", "many", "meta", "names")

    def __init__(self, *names: str, about: Text, meta: str = "", many: bool = False) -> None:
        self.names = names
        self.help = about
        self.meta = meta
        self.many = many

    @property
    def is_option(self) -> bool:
        """Whether it starts with a dash."""
        return self.names[0].startswith("-")


class Command:
    """One command: ``module`` is the file in this package whose ``run`` carries it out; ``needs`` its word, if any."""

    __slots__ = ("about", "module", "name", "needs", "words")

    def __init__(self, name: str, about: Text, *words: Word, module: str = "", needs: bool = False) -> None:
        self.name = name
        self.about = about
        self.words = words
        self.module = module or name
        self.needs = needs


LANG = Word("--lang", meta="en|ru", about=Text(en="language of what is said", ru="язык сообщений"))
HELP = Word("-h", "--help", about=Text(en="show this help", ru="показать эту справку"))
VERSION = Word("--version", about=Text(en="show the version", ru="показать версию"))

_FACTS = Word(
    "facts",
    meta="FACTS",
    about=Text(
        en="facts file, JSON or TOML; - reads standard input",
        ru="файл с данными, JSON или TOML; - читает стандартный ввод",
    ),
)
_CASE = Word(
    "case",
    meta="CASE",
    about=Text(
        en="id of a stored case, the start of an id, or a path",
        ru="id сохранённого случая, его начало или путь к файлу",
    ),
)
_ALLOW = Word(
    "--allow",
    meta="NETWORK",
    many=True,
    about=Text(
        en="address or network that is not public but may be spoken to; may be repeated",
        ru="непубличный адрес или сеть, куда можно обращаться; можно указать несколько раз",
    ),
)
_DEADLINE = Word(
    "--deadline",
    meta="SECONDS",
    about=Text(
        en="time for one request, 15 by default; a redirect chain gets twice that",
        ru="время на один запрос, по умолчанию 15; на цепочку редиректов даётся вдвое больше",
    ),
)
_MAX_HOPS = Word(
    "--max-hops",
    meta="N",
    about=Text(en="longest redirect chain, 10 by default", ru="предел длины цепочки редиректов, по умолчанию 10"),
)
_CA_FILE = Word(
    "--ca-file",
    meta="FILE",
    about=Text(
        en="trust this certificate authority (PEM) as well", ru="доверять ещё и этому центру сертификации (PEM)"
    ),
)
_EDGE = (_ALLOW, _DEADLINE, _MAX_HOPS, _CA_FILE)
_JSON = Word("--json", about=Text(en="print JSON and nothing else", ru="вывести JSON и ничего больше"))

_ALL = (
    Command(
        "new",
        Text(en="the wizard on a new case", ru="мастер с новым случаем"),
        Word("facts", meta="FACTS", about=_FACTS.help),
        Word("--har", meta="FILE", about=Text(en="recorded browser session (HAR)", ru="запись сеанса браузера (HAR)")),
        *_EDGE,
        module="wizard",
    ),
    Command(
        "open",
        Text(en="the wizard on a stored case", ru="мастер с сохранённым случаем"),
        _CASE,
        *_EDGE,
        module="wizard",
        needs=True,
    ),
    Command(
        "practice",
        Text(
            en="the wizard against an affiliate chain that runs on this machine",
            ru="мастер на учебной партнёрской цепочке, которая работает на этом компьютере",
        ),
        Word("scenario", meta="SCENARIO", about=Text(en="what is broken in the chain", ru="что сломано в цепочке")),
        Word("--list", about=Text(en="list the scenarios", ru="показать список сценариев")),
        module="wizard",
    ),
    Command(
        "check",
        Text(en="all steps without a screen", ru="все шаги без экрана"),
        _FACTS,
        Word(
            "--steps",
            meta="STEPS",
            about=Text(
                en="only these, by comma: click,event,replay,template,upload",
                ru="только эти, через запятую: click,event,replay,template,upload",
            ),
        ),
        Word(
            "--send",
            about=Text(
                en="really send the postback and the test event: they can make real conversions",
                ru="действительно отправить постбек и тестовое событие: это может создать настоящие конверсии",
            ),
        ),
        Word(
            "--trace",
            about=Text(
                en="really open the click URL: it counts as a click",
                ru="действительно открыть URL клика: это будет засчитано как клик",
            ),
        ),
        Word(
            "--variants",
            about=Text(
                en="with --trace: other devices and spellings of the link as well, up to six clicks at once",
                ru="вместе с --trace: ещё и другие устройства и написания ссылки, до шести кликов сразу",
            ),
        ),
        Word("--offline", about=Text(en="ask nothing of the network", ru="ничего не спрашивать у сети")),
        _JSON,
        Word(
            "--report", meta="FILE", about=Text(en="also write a Markdown report", ru="записать ещё и отчёт в Markdown")
        ),
        Word("--save", about=Text(en="store the case", ru="сохранить случай")),
        *_EDGE,
        needs=True,
    ),
    Command(
        "recheck",
        Text(
            en="judge stored evidence with today's rules, without network",
            ru="оценить сохранённые данные по нынешним правилам, без сети",
        ),
        _CASE,
        _JSON,
        Word("--save", about=Text(en="store the new judgement", ru="сохранить новую оценку")),
        needs=True,
    ),
    Command(
        "report",
        Text(
            en="a report of a stored case for somebody who can act on it",
            ru="отчёт по сохранённому случаю для того, кто может исправить",
        ),
        _CASE,
        Word(
            "--for",
            meta="|".join(AUDIENCES),
            about=Text(en="who reads it, partner by default", ru="кто его прочтёт, по умолчанию partner"),
        ),
        Word(
            "--format",
            meta="|".join(FORMATS),
            about=Text(en="its form, md by default", ru="вид отчёта, по умолчанию md"),
        ),
        Word(
            "-o",
            "--output",
            meta="FILE",
            about=Text(
                en="write to a file; a bundle to a folder or a .zip", ru="записать в файл; bundle — в папку или .zip"
            ),
        ),
        Word(
            "--unmasked",
            about=Text(
                en="leave secrets and personal data in; asks for a yes on a terminal",
                ru="оставить секреты и личные данные; спросит подтверждение в терминале",
            ),
        ),
        needs=True,
    ),
    Command(
        "explain",
        Text(
            en="what a finding means, who mends it and how, with an example",
            ru="что значит вывод, кто и как это исправляет, с примером",
        ),
        Word(
            "code",
            meta="CODE",
            about=Text(
                en="code of a finding or a failure mode, or any word to look up; without it all codes are listed",
                ru="код вывода или вида поломки либо любое слово; без него будут перечислены все коды",
            ),
        ),
    ),
    Command(
        "decode",
        Text(en="what a platform's code or message means", ru="что значит код или сообщение платформы"),
        Word(
            "text",
            meta="TEXT",
            about=Text(
                en="a code, a message, an answer or rows of a log; - or nothing reads standard input",
                ru="код, сообщение, ответ или строки лога; - или ничего: читается стандартный ввод",
            ),
        ),
        Word(
            "--platform",
            meta="NAME",
            about=Text(
                en="whose words they are: bare numbers and everyday words are read too",
                ru="чьи это слова: тогда читаются и отдельные числа, и обычные слова",
            ),
        ),
        _JSON,
    ),
    Command(
        "platforms",
        Text(en="what the catalogue knows of a platform", ru="что справочник знает о платформе"),
        Word(
            "id",
            meta="ID",
            about=Text(
                en="id of a platform; without it all are listed", ru="id платформы; без него будут перечислены все"
            ),
        ),
        Word(
            "--check",
            meta="FILE",
            about=Text(en="check a platform file of your own", ru="проверить собственный файл платформы"),
        ),
    ),
    Command(
        "listen",
        Text(en="catch callbacks on this machine", ru="принимать постбеки на этом компьютере"),
        Word(
            "--port",
            meta="N",
            about=Text(en="port on 127.0.0.1, a free one by default", ru="порт на 127.0.0.1, по умолчанию свободный"),
        ),
        Word(
            "--status",
            meta="N",
            about=Text(en="status to answer with, 200 by default", ru="статус ответа, по умолчанию 200"),
        ),
        Word("--delay", meta="SECONDS", about=Text(en="wait before answering", ru="задержка перед ответом, секунды")),
        Word("--body", meta="TEXT", about=Text(en="body to answer with", ru="тело ответа")),
        Word(
            "--case",
            meta="CASE",
            about=Text(
                en="keep each request and its answer in this stored case",
                ru="хранить запросы и ответы на них в этом сохранённом случае",
            ),
        ),
    ),
    Command(
        "cases",
        Text(en="list stored cases", ru="список сохранённых случаев"),
        _JSON,
        Word(
            "--closed",
            about=Text(
                en="print what was learned from closed cases, as Markdown",
                ru="вывести выводы из закрытых случаев в Markdown",
            ),
        ),
    ),
    Command("paths", Text(en="where cases, settings and logs live", ru="где лежат случаи, настройки и журналы")),
)

COMMANDS = {command.name: command for command in _ALL}
#: What no command at all amounts to.
WIZARD = Command("", Text(en="the wizard", ru="мастер"), module="wizard")
