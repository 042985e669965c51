"""The JSON interface answers as docs/openapi.yaml says: every operation, its statuses, and the form of each body."""

import base64
import http.client
import json
from urllib.parse import quote

import jsonschema
import pytest
import yaml

from office import AUDITOR, CLERK, OPERATOR, PURPOSE, REVIEWER, ROOT

DOCUMENT = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
CLASS, TRAINEE = "NTPC-115-COFFEE-2", "T-COFFEE-01"
EVENT = {
    "specversion": "1.0", "id": "interface-1", "source": "/tests/interface", "type": "trainee.registered",
    "subject": "T-INTERFACE", "time": "2026-06-01T09:00:00+08:00",
    "data": {"birthDate": "1990-01-01", "sex": "female", "nationality": "national"},
}
SINGLE, BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"

# Operation, who asks, path, body, more headers, status. In this order: the first event is recorded once.
REQUESTS = [
    ("health", None, "/health", None, {}, 200),
    ("metrics", None, "/metrics", None, {}, 200),
    ("head", AUDITOR, "/head", None, {}, 200),
    ("head", None, "/head", None, {}, 401),
    ("listEvents", AUDITOR, "/events?limit=3&type=class.approved", None, {}, 200),
    ("listEvents", AUDITOR, "/events?limit=none", None, {}, 400),
    ("listEvents", REVIEWER, "/events", None, {}, 403),
    ("event", AUDITOR, "/events/0", None, {}, 200),
    ("event", AUDITOR, "/events/99999999", None, {}, 404),
    ("recordEvents", CLERK, "/events", EVENT, {"Content-Type": SINGLE}, 201),
    ("recordEvents", CLERK, "/events", [EVENT], {"Content-Type": BATCH}, 200),
    ("recordEvents", CLERK, "/events", {**EVENT, "id": "interface-2"}, {"Content-Type": SINGLE}, 422),
    ("recordEvents", CLERK, "/events", {**EVENT, "id": "interface-3", "subject": "T-OTHER"},
     {"Content-Type": SINGLE, "If-Match": '"1"'}, 412),
    ("recordEvents", CLERK, "/events", EVENT, {"Content-Type": "text/plain"}, 415),
    ("recordEvents", CLERK, "/events", EVENT, {"Content-Type": SINGLE, "If-Match": "1"}, 400),
    ("recordEvents", CLERK, "/events", {"x": "y" * (1 << 20)}, {"Content-Type": SINGLE}, 413),
    ("recordEvents", AUDITOR, "/events", EVENT, {"Content-Type": SINGLE}, 403),
    ("feed", REVIEWER, "/feed", None, {}, 403),
    ("timeline", REVIEWER, f"/timelines/{TRAINEE}", None, {}, 200),
    ("timeline", REVIEWER, "/timelines/T-COFFEE-02", None, {}, 403),
    ("timeline", AUDITOR, "/timelines/T-NOBODY", None, {}, 404),
    ("balance", REVIEWER, f"/balances/{TRAINEE}?on=115-07-01", None, {}, 200),
    ("balance", REVIEWER, f"/balances/{TRAINEE}?on=soon", None, {}, 400),
    ("decisions", REVIEWER, f"/decisions/livingAllowance?class={CLASS}&trainee={TRAINEE}", None, {}, 200),
    ("decisions", AUDITOR, f"/decisions/admission?class={CLASS}", None, {}, 200),
    ("decisions", AUDITOR, "/decisions/unitEligibility?unit=U-NTPC-VTC&on=2026-03-31", None, {}, 200),
    ("decisions", AUDITOR, "/decisions/none?class=C", None, {}, 404),
    ("deadlines", AUDITOR, "/deadlines?on=2026-11-12", None, {}, 200),
    ("compare", OPERATOR, "/comparisons?before=base&after=cap-2025", None, {}, 200),
    ("compare", CLERK, "/comparisons", None, {}, 403),
    ("settlement", CLERK, f"/settlements/{CLASS}", None, {}, 200),
    ("settlement", AUDITOR, f"/settlements/{CLASS}", None, {}, 403),
    ("settle", CLERK, f"/settlements/{CLASS}", None, {"If-Match": '"1"'}, 412),
    ("copyHead", OPERATOR, "/copies/head?having=0", None, {}, 200),
    ("copyHead", OPERATOR, "/copies/head?having=many", None, {}, 400),
    ("copyHead", None, "/copies/head", None, {}, 401),
    ("copyHead", AUDITOR, "/copies/head", None, {}, 403),
    ("copySegments", OPERATOR, "/copies/segments", None, {}, 200),
    ("copySegment", OPERATOR, "/copies/segments/0?from=100", None, {}, 200),
    ("copySegment", OPERATOR, "/copies/segments/none", None, {}, 404),
    ("copyFiles", OPERATOR, "/copies/files", None, {}, 200),
    ("copyFile", OPERATOR, "/copies/file?name=access.json", None, {}, 200),
    ("copyFile", OPERATOR, "/copies/file?name=none", None, {}, 404),
]


def operations():
    """Every operation by its ID, with its method and path."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield operation["operationId"], method.upper(), operation


def resolved(part):
    """A part of the document, followed where it is a reference."""
    while "$ref" in part:
        names = part["$ref"].removeprefix("#/").split("/")
        part = DOCUMENT
        for name in names:
            part = part[name]
    return part


def ask(office, server, method, path, who, body, more):
    headers = dict(more)
    if who:
        token = base64.b64encode(open(office.credential(who), "rb").read()).decode()
        headers |= {"Authorization": f"Bearer {token}", "Purpose": quote(PURPOSE)}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        text = None if body is None else json.dumps(body)
        connection.request(method, path, text, headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("name, who, path, body, more, status", REQUESTS)
def test_an_answer_has_a_status_and_a_form_that_are_described(office, server, name, who, path, body, more, status):
    method, operation = next((method, operation) for id, method, operation in operations() if id == name)
    found, media, content = ask(office, server, method, path, who, body, more)
    assert found == status, content[:500]
    described = resolved(operation["responses"][str(status)])["content"]
    media = media.split(";")[0]
    assert media in described
    if media.endswith("json"):
        schema = {**described[media]["schema"], "components": DOCUMENT["components"]}
        jsonschema.Draft202012Validator(schema).validate(json.loads(content))


def test_every_operation_is_asked():
    assert {id for id, _, _ in operations()} == {name for name, *_ in REQUESTS}


def test_the_feed_gives_every_event_and_then_new_ones(office, server):
    token = base64.b64encode(open(office.credential(AUDITOR), "rb").read()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Authorization": f"Bearer {token}", "Purpose": quote(PURPOSE), "Last-Event-ID": "2"}
    connection.request("GET", "/feed", None, headers)
    answer = connection.getresponse()
    assert answer.status == 200 and answer.getheader("Content-Type") == "text/event-stream"

    def events(count):
        found = []
        while len(found) < count:
            line = answer.readline().decode().strip()
            if line.startswith("id: "):
                found.append(int(line[4:]))
        return found

    head = int(answer.getheader("Ledger-Position"))
    assert events(head - 3) == list(range(3, head))
    new = {**EVENT, "id": "feed-1", "subject": "T-FEED"}
    status, _, _ = ask(office, server, "POST", "/events", CLERK, new, {"Content-Type": SINGLE})
    assert status == 201
    assert events(1) == [head]
    connection.close()
