"""Turns the records of a ledger, in order, into the CloudEvents objects that `trainledger events --json` prints."""

import datetime
import re

_KINDS = ("trainee", "class", "unit")
_EPOCH = datetime.date(1970, 1, 1)


class NotCanonical(Exception):
    """A record has another form than the only one that the schema allows."""


class Reader:
    """Reads records in the order of the log: earlier ones introduce the IDs that later ones give by number."""

    def __init__(self, schema):
        self._schema = schema
        self._ids = {kind: [] for kind in _KINDS}
        self._codes = {}
        self._types = {}
        for number, code in schema.codes("EventType").items():
            name = code[0].upper() + code[1:]
            personal = f"{name}Personal"
            self._types[number] = (
                schema.type_names[f"{name}Facts"],
                schema.message(f"{name}Facts"),
                schema.message(personal) if schema.has(personal) else None,
            )

    def event(self, position, record):
        """The CloudEvents object of a record."""
        parts = self._parsed(self._schema.message("Record"), record)
        header = self._schema.message("Facts").FromString(parts.facts)
        if header.type not in self._types:
            raise NotCanonical(f"event type {header.type}")
        name, facts_class, personal_class = self._types[header.type]
        facts = self._parsed(facts_class, parts.facts)
        data = self._object(facts, skip=("type", "subject", "subjectID", "subjectKind"))
        if personal_class:
            data.update(self._object(self._parsed(personal_class, parts.personal)))
        elif parts.personal:
            raise NotCanonical("a personal part that the type has not")
        envelope = parts.envelope
        return {
            "specversion": "1.0",
            "id": envelope.id,
            "source": envelope.source,
            "type": name,
            "subject": self._subject(facts),
            "time": _instant(envelope.timeSeconds * 1_000_000 + envelope.timeMicros),
            "recordedtime": _instant(envelope.recordedSeconds * 1_000_000 + envelope.recordedMicros),
            "sequence": str(position),
            "data": data,
        }

    @staticmethod
    def _parsed(message_class, content):
        """The message, if writing it again gives the same bytes."""
        message = message_class.FromString(content)
        copy = message_class()
        copy.CopyFrom(message)
        copy.DiscardUnknownFields()
        if copy.SerializeToString(deterministic=True) != content:
            raise NotCanonical(f"{message_class.DESCRIPTOR.name} is not written in canonical form")
        return message

    def _subject(self, facts):
        """The ID of the subject; takes down the ID that the event introduces."""
        meaning = self._schema.meanings[facts.DESCRIPTOR.name, "subject"]
        if found := re.fullmatch(r"not used; introduces the (\w+) subjectID", meaning):
            self._ids[found[1]].append(facts.subjectID)
        if facts.subjectID:
            return facts.subjectID
        if found := re.fullmatch(r"number of a (\w+)", meaning):
            return self._id(found[1], facts.subject)
        return self._id(_KINDS[facts.subjectKind], facts.subject)

    def _id(self, kind, number):
        if number >= len(self._ids[kind]):
            raise NotCanonical(f"{kind} {number} was introduced by no event before")
        return self._ids[kind][number]

    def _object(self, message, skip=()):
        """The fields as JSON; those without a value are left out unless the schema wants them."""
        result = {}
        for field in message.DESCRIPTOR.fields:
            meaning = self._schema.meanings[message.DESCRIPTOR.name, field.name]
            if field.name in skip or meaning == "not in JSON":
                continue
            value = getattr(message, field.name)
            if field.is_repeated if hasattr(field, "is_repeated") else field.label == field.LABEL_REPEATED:
                if value or meaning.endswith("required"):
                    result[field.name] = [self._value(field, meaning, element) for element in value]
            elif not field.has_presence or message.HasField(field.name):
                result[field.name] = self._value(field, meaning, value)
        return result

    def _value(self, field, meaning, value):
        if field.message_type:
            content = self._object(value)
            is_short = field.message_type.name == "Paper" and "issuedOn" not in content
            return content["code"] if is_short else content
        if field.enum_type:
            name = field.enum_type.name
            codes = self._codes.setdefault(name, self._schema.codes(name))
            if value not in codes:
                raise NotCanonical(f"{name} {value}")
            return codes[value]
        if found := re.fullmatch(r"number of a (\w+)", meaning):
            return self._id(found[1], value)
        if meaning.startswith("date,"):
            return (_EPOCH + datetime.timedelta(days=value)).isoformat()
        if meaning.startswith("time of day,"):
            return f"{value // 60:02}:{value % 60:02}"
        if meaning.startswith("time, in microseconds"):
            return _instant(value)
        if meaning.startswith("text, maybe sealed"):
            return _personal(value)
        return value


def _personal(content):
    """A personal text as JSON shows it to whoever has no keys."""
    if content[:1] == b"\xfe":
        if len(content) < 51:
            raise NotCanonical("a sealed text that is none")
        return {"sealed": True}
    if content == b"\xff":
        return {"erased": True}
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise NotCanonical("a text that is not UTF-8") from error


def _instant(microseconds):
    """RFC 3339 in Taipei."""
    local = datetime.datetime(1970, 1, 1, 8) + datetime.timedelta(microseconds=microseconds)
    return local.isoformat() + "+08:00"


def json_text(value):
    """JSON on one line with sorted keys, escaping only what has to be."""
    if isinstance(value, str):
        return '"' + re.sub(r'["\\\x00-\x1f]', _escape, value) + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode())
        return "{" + ",".join(f"{json_text(key)}:{json_text(content)}" for key, content in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return str(value)


def _escape(found):
    character = found[0]
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return short.get(character, f"\\u{ord(character):04x}")
