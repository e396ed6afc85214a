"""What the parts of the catalogue are called, in both languages."""

from postback_wizard.domain.text import Text

KINDS = {
    "tracker": Text(en="tracker", ru="трекер"),
    "network": Text(en="affiliate network", ru="партнёрская сеть"),
    "mmp": Text(en="mobile measurement partner (MMP)", ru="мобильная аналитика (MMP)"),
    "ad_network": Text(en="ad network", ru="рекламная сеть"),
    "upload": Text(en="conversion API", ru="API конверсий"),
}
SENDS = Text(en="What it sends", ru="Что отправляет")
ACCEPTS = Text(en="What it accepts", ru="Что принимает")
REFUSALS = Text(en="What it says when it refuses", ru="Что отвечает, когда отказывает")
CLICK = Text(en="Its click ID", ru="Его click ID")
BEHAVIOUR = Text(en="How it behaves", ru="Как себя ведёт")
NOTES = Text(en="Notes", ru="Примечания")
SOURCES = Text(en="Sources", ru="Источники")
READ = Text(en="read {day}", ru="прочитано {day}")
FIELDS = Text(en="What an event needs", ru="Что нужно событию")
CUSTOMER = Text(en="Customer data", ru="Данные клиента")
ADDRESS = Text(en="Where events go", ru="Куда отправлять события")
TIME = Text(en="Time and repeats", ru="Время и повторы")
ANSWERS = Text(en="What it answers", ru="Что отвечает")
TRAPS = Text(en="Traps", ru="Подводные камни")
UNKNOWN = Text(en="Left blank on purpose", ru="Намеренно не заполнено")
EXPERIMENTAL = Text(
    en="Known from third parties only; check it with the platform before relying on it.",
    ru="Известно только от третьих лиц; прежде чем полагаться на это, проверьте у самой платформы.",
)
THIRD_PARTY = Text(en="from third parties", ru="со слов третьих лиц")
MODES = Text(en="means {modes}", ru="означает {modes}")
ONE_OF = Text(en="may mean one of: {modes}", ru="может означать одно из: {modes}")
SAME_STATUS = Text(en="the same status when it refuses", ru="тот же статус и при отказе")
BODY_HAS = Text(en="the body contains {text}", ru="в теле есть {text}")
RECORDED = Text(en="a test event counts", ru="тестовое событие учитывается")
NOT_RECORDED = Text(en="a test event does not count", ru="тестовое событие не учитывается")

LABELS = {
    "dialects": Text(en="macro spelling", ru="вид макросов"),
    "click_id": Text(en="click ID", ru="click ID"),
    "payout": Text(en="payout", ru="выплата"),
    "currency": Text(en="currency", ru="валюта"),
    "status": Text(en="status", ru="статус"),
    "transaction_id": Text(en="transaction ID", ru="ID транзакции"),
    "other": Text(en="other macros", ru="другие макросы"),
    "expects": Text(en="answer it wants", ru="какой ответ ждёт"),
    "url_template": Text(en="postback address", ru="адрес постбека"),
    "host_patterns": Text(en="hosts", ru="хосты"),
    "required_params": Text(en="required parameters", ru="обязательные параметры"),
    "methods": Text(en="methods", ru="методы"),
    "ok": Text(en="answer when accepted", ru="ответ при успехе"),
    "click_params": Text(en="link parameters", ru="параметры ссылки"),
    "click_id_pattern": Text(en="shape", ru="форма"),
    "default_window_days": Text(
        en="click to conversion by default, days", ru="от клика до конверсии по умолчанию, дней"
    ),
    "click_window_days": Text(en="click to conversion at most, days", ru="от клика до конверсии не больше, дней"),
    "click_id_lifetime_days": Text(en="kept for, days", ru="хранится, дней"),
    "duplicate_rule": Text(en="repeats", ru="повторы"),
    "source_ips": Text(en="addresses", ru="IP-адреса"),
    "retries": Text(en="retries", ru="повторные попытки"),
    "timeout_s": Text(en="waits for an answer, seconds", ru="ждёт ответа, секунд"),
    "auto_disable": Text(en="switches off", ru="отключается"),
    "status_values": Text(en="status words", ru="слова статуса"),
    "backfill": Text(en="conversions by hand", ru="конверсии вручную"),
    "backfill_line": Text(en="line", ru="строка"),
    "backfill_holds": Text(en="a line holds", ru="в строке"),
    "backfill_per_hour": Text(en="an hour at most", ru="в час не больше"),
    "log_location": Text(en="where its log is", ru="где его журнал"),
    "version": Text(en="version", ru="версия"),
    "endpoint": Text(en="address", ru="адрес"),
    "legacy": Text(en="older address", ru="прежний адрес"),
    "bulk": Text(en="bulk address", ru="адрес для пакетов"),
    "app": Text(en="address for apps", ru="адрес для приложений"),
    "method": Text(en="method", ru="метод"),
    "content_type": Text(en="content type", ru="тип содержимого"),
    "auth": Text(en="authorisation", ru="авторизация"),
    "batch_limit": Text(en="batch limit", ru="предел пакета"),
    "rate_limit": Text(en="rate limit", ru="предел частоты"),
    "minimal_payload": Text(en="smallest body", ru="минимальное тело"),
    "optional_fields": Text(en="optional", ru="необязательные"),
    "event_names": Text(en="event names", ru="имена событий"),
    "click_id_params": Text(en="link parameters", ru="параметры ссылки"),
    "click_id_payload_field": Text(en="field of the event", ru="поле события"),
    "click_id_format": Text(en="shape", ru="форма"),
    "click_id_lifetime": Text(en="kept for", ru="срок"),
    "field": Text(en="time field", ru="поле времени"),
    "unit": Text(en="unit", ru="единица"),
    "format": Text(en="format", ru="формат"),
    "max_age": Text(en="oldest allowed", ru="не старше"),
    "max_age_physical_store": Text(en="oldest allowed, physical store", ru="не старше, офлайн-магазин"),
    "max_age_offline": Text(en="oldest allowed, offline", ru="не старше, офлайн"),
    "max_future": Text(en="ahead of now", ru="в будущем"),
    "min_delay": Text(en="not before", ru="не раньше"),
    "rule": Text(en="rule", ru="правило"),
    "advice": Text(en="advice", ru="совет"),
    "dedup_key": Text(en="repeats are told by", ru="повтор определяется по"),
    "dedup_window": Text(en="repeats are told for", ru="повтор определяется в течение"),
    "test_mode": Text(en="test mode", ru="тестовый режим"),
    "http": Text(en="HTTP status", ru="HTTP-статус"),
    "body": Text(en="body", ru="тело"),
    "check": Text(en="look at", ru="смотрите"),
    "partial_failure": Text(en="partial failure", ru="частичный отказ"),
    "error_shape": Text(en="shape of an error", ru="форма ошибки"),
    "diagnostics": Text(en="its own diagnostics", ru="диагностика платформы"),
    "reasons": Text(en="reasons it gives", ru="причины, которые она называет"),
    "confidence": Text(en="rests on", ru="основано на"),
}
HASHES = {
    "yes": Text(en="hashed", ru="с хешем"),
    "no": Text(en="not hashed", ru="без хеша"),
    "recommended": Text(en="hashing recommended", ru="хеш рекомендуется"),
    "either": Text(en="hashed or not", ru="с хешем или без"),
    "unsupported": Text(en="not supported", ru="не поддерживается"),
    "unknown": Text(en="hashing not documented", ru="про хеш не сказано"),
}
UNITS = {
    "s": Text(en="seconds", ru="секунды"),
    "ms": Text(en="milliseconds", ru="миллисекунды"),
    "us": Text(en="microseconds", ru="микросекунды"),
    "text": Text(en="text", ru="текст"),
}
