-- What wrk sends: lines of a file, one after the other and over again. A line is a credential, a method and a path,
-- separated by tabs; a third part, if there is one, is the body, in which @ID@ stands for a number never given before.
-- At the end one line of JSON says what came of it.

local lines = {}
local made = 0
local thread_count = 0

function setup(thread)
    thread:set("id", thread_count)
    thread_count = thread_count + 1
end

function init(arguments)
    for line in io.lines(arguments[1]) do
        local token, method, path, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t?(.*)$")
        lines[#lines + 1] = { token = token, method = method, path = path, body = body }
    end
    prefix = arguments[2] .. "-" .. id .. "-"
end

function request()
    made = made + 1
    local line = lines[(made - 1) % #lines + 1]
    local headers = { Authorization = "Bearer " .. line.token, Purpose = "load" }
    if line.token == "" then headers = {} end
    if line.body == "" then return wrk.format(line.method, line.path, headers) end
    headers["Content-Type"] = "application/cloudevents+json"
    return wrk.format(line.method, line.path, headers, (line.body:gsub("@ID@", prefix .. made)))
end

function done(summary, latency, _)
    io.write(string.format(
        'RESULT {"requests":%d,"microseconds":%d,"refused":%d,"broken":%d,"p50":%d,"p99":%d,"most":%d}\n',
        summary.requests, summary.duration, summary.errors.status,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
        latency:percentile(50), latency:percentile(99), latency.max))
end
