"""Builds protobuf messages from the text of docs/events.proto, without protoc.

Takes exactly the subset that the file uses: proto3, top-level messages and enums, one field a line, comments
at the end of a field that say what it means.
"""

import re

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_SCALARS = ("string", "bytes", "bool", "uint32", "uint64", "sint32", "sint64")
_FIELD = re.compile(r"(?:(optional|repeated) )?(\w+) (\w+) = (\d+);(?:  // (.*))?$")
_VALUE = re.compile(r"(\w+) = (\d+);$")
_OPEN = re.compile(r"(message|enum) (\w+) \{$")
_Proto = descriptor_pb2.FieldDescriptorProto


class Schema:
    """The messages by name, what each field means, and the event type that each facts message is for."""

    def __init__(self, text):
        self._file = descriptor_pb2.FileDescriptorProto(name="events.proto", syntax="proto3")
        self.meanings = {}
        self.type_names = {}
        comment, body, references = "", None, []
        for number, raw in enumerate(text.split("\n"), 1):
            line = raw.strip()
            if body is None:
                if opened := _OPEN.match(line):
                    kind, name = opened.groups()
                    body = getattr(self._file, "message_type" if kind == "message" else "enum_type").add(name=name)
                    if kind == "message" and name.endswith("Facts") and "." in comment:
                        self.type_names[name] = comment
                elif line.startswith("package "):
                    self._file.package = line[len("package "):-1]
                elif line and not line.startswith("//") and line != 'syntax = "proto3";':
                    raise ValueError(f"line {number}: {raw}")
                comment = line[3:] if line.startswith("// ") else ""
            elif line == "}":
                body = None
            elif isinstance(body, descriptor_pb2.EnumDescriptorProto):
                name, value = _match(_VALUE, line, number)
                body.value.add(name=name, number=int(value))
            else:
                references.append(self._field(body, *_match(_FIELD, line, number)))
        enums = {enum.name for enum in self._file.enum_type}
        for field in references:
            if field.type_name:
                field.type = _Proto.TYPE_ENUM if field.type_name in enums else _Proto.TYPE_MESSAGE
                field.type_name = f".{self._file.package}.{field.type_name}"
        self._pool = descriptor_pool.DescriptorPool()
        self._pool.Add(self._file)

    def _field(self, message, label, kind, name, number, meaning):
        field = message.field.add(name=name, number=int(number), label=_Proto.LABEL_OPTIONAL)
        if label == "repeated":
            field.label = _Proto.LABEL_REPEATED
        if kind in _SCALARS:
            field.type = getattr(_Proto, "TYPE_" + kind.upper())
        else:
            field.type_name = kind
        if label == "optional":
            field.proto3_optional = True
            field.oneof_index = len(message.oneof_decl)
            message.oneof_decl.add(name="_" + name)
        self.meanings[message.name, name] = meaning or ""
        return field

    def message(self, name):
        """A message class; a key error if the schema has none of this name."""
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(f"{self._file.package}.{name}"))

    def has(self, name):
        return any(message.name == name for message in self._file.message_type)

    def codes(self, enum):
        """The codes of an enum by number, without the prefix."""
        values = self._pool.FindEnumTypeByName(f"{self._file.package}.{enum}").values
        return {value.number: value.name[len(enum) + 1:] for value in values if value.number}


def _match(pattern, line, number):
    found = pattern.match(line)
    if not found:
        raise ValueError(f"line {number}: {line}")
    return found.groups()
