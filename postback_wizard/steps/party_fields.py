"""The fields that name a platform: who sends the visitor, who tracks, who pays, who sends and who receives."""

from postback_wizard.domain.step import Field
from postback_wizard.domain.text import Text

CLICK_PARTIES = (
    Field(
        fact="tracker",
        label=Text(en="Tracker", ru="Трекер"),
        help=Text(
            en="An id or a name; → takes the suggestion. Filled in where the URLs tell; correct or empty it as you "
            "know better, it will stay so.",
            ru="Идентификатор или название; → принимает подсказку. Заполняется само, если видно по URL; исправьте или "
            "очистите, если знаете лучше, — так и останется.",
        ),
        example="keitaro",
        form="party",
        more=True,
    ),
    Field(
        fact="network",
        label=Text(en="Affiliate network", ru="Партнёрская сеть"),
        help=Text(
            en="The network the offer belongs to; its window for clicks is compared with the times of this case.",
            ru="Сеть, которой принадлежит оффер; её окно для кликов сверяется с временами этого случая.",
        ),
        example="everflow",
        form="party",
        more=True,
    ),
    Field(
        fact="source",
        label=Text(en="Traffic source", ru="Источник трафика"),
        help=Text(
            en="The ad platform or ad network the visitor came from.",
            ru="Рекламная платформа или сеть, откуда пришёл посетитель.",
        ),
        example="propellerads",
        form="party",
        more=True,
    ),
)

TEMPLATE_PARTIES = (
    Field(
        fact="sender",
        label=Text(en="Who sends the postback", ru="Кто отправляет постбек"),
        help=Text(
            en="The platform whose settings hold the template: its macros are compared with those known of it. "
            "Filled in where the URLs tell; correct it if it is another.",
            ru="Платформа, в настройках которой лежит шаблон: его макросы сверяются с известными у неё. "
            "Заполняется само, если видно по URL; исправьте, если это другая.",
        ),
        example="voluum",
        form="party",
        more=True,
    ),
    Field(
        fact="receiver",
        label=Text(en="Who receives the postback", ru="Кто принимает постбек"),
        help=Text(
            en="The platform the postback URL belongs to. Filled in where the URL tells.",
            ru="Платформа, которой принадлежит URL постбека. Заполняется само, если видно по URL.",
        ),
        example="keitaro",
        form="party",
        more=True,
    ),
)

UPLOAD_PARTIES = (
    Field(
        fact="ad_platform",
        label=Text(en="Ad platform", ru="Рекламная платформа"),
        help=Text(
            en="The platform that gets the conversion; empty means Meta. An id or a name.",
            ru="Платформа, которая получает конверсию; пусто означает Meta. Идентификатор или название.",
        ),
        example="meta",
        form="party",
        more=True,
    ),
)
