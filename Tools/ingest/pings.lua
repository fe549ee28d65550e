-- Pings for wrk that nobody has seen before: of 200 vehicles in turn, each with its own token, and
-- for each vehicle a millisecond later than the one before.
--
-- From the environment: TARGET, FIRST (time of the first fix in milliseconds since 1970), TOKENS
-- (a file with `VEHICLE TOKEN` a line) and BATCH (pings a request).
local target, batch = os.getenv("TARGET"), tonumber(os.getenv("BATCH"))
local first = tonumber(os.getenv("FIRST"))
local vehicles, heads, turns = {}, {}, {}
for line in io.lines(os.getenv("TOKENS")) do
    local vehicle, token = line:match("(%S+) (%S+)")
    table.insert(vehicles, vehicle)
    table.insert(heads, "POST " .. target .. " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        .. token .. "\r\nContent-Type: application/json\r\nContent-Length: ")
    table.insert(turns, 0)
end
local sender, format, rows = 0, string.format, {}

local function ping(vehicle)
    local turn = turns[vehicle]
    turns[vehicle] = turn + 1
    return format(
        '{"vehicle_id":"%s","timestamp":%.3f,"latitude":%.6f,"longitude":%.6f,'
            .. '"speed_mps":8.5,"bearing":270}',
        vehicles[vehicle], (first + turn) / 1000, -0.95 + vehicle * 1e-4 + turn * 1e-7,
        100.36 + vehicle * 1e-5)
end

function request()
    sender = sender % #vehicles + 1
    local body
    if batch == 1 then
        body = ping(sender)
    else
        for row = 1, batch do rows[row] = ping(sender) end
        body = "[" .. table.concat(rows, ",") .. "]"
    end
    return heads[sender] .. #body .. "\r\n\r\n" .. body
end
