-- Count one call against all of the meters, or against none when one of them refuses: what meters.py does, in Redis.
-- KEYS: one for each meter. ARGV: kind, pace and size of each, as class Meter has them.
-- Answers {number of the meter that refuses longest or 0, its wait in microseconds, repeats}.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local DAY = 86400000000
local stored = redis.call('MGET', unpack(KEYS))
local refused, longest, repeats = 0, 0, 0
local values, expires = {}, {}

local function pair(text)
  local first, second = string.match(text or '', '^(%d+):(%d+)$')
  return tonumber(first), tonumber(second)
end

for i = 1, #KEYS do
  local kind, pace, size = ARGV[3 * i - 2], tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local wait = 0
  if kind == 'rate' then
    local full = size * pace
    local tat = tonumber(stored[i] or now) or now
    if tat < now or tat > now + full then tat = now end
    wait = tat + pace - full - now
    values[i], expires[i] = string.format('%.0f', tat + pace), tat + pace
  elseif kind == 'day' then
    local today = math.floor(now / DAY)
    local day, calls = pair(stored[i])
    if day ~= today then calls = 0 end
    local midnight = (today + 1) * DAY
    if calls >= size then wait = midnight - now end
    values[i], expires[i] = string.format('%.0f:%.0f', today, calls + 1), midnight
  else
    local ends, calls = pair(stored[i])
    if not ends or ends <= now or ends > now + pace then ends, calls = now + pace, 0 end
    if size > 0 and calls >= size then wait = ends - now end
    repeats = calls + 1
    values[i], expires[i] = string.format('%.0f:%.0f', ends, repeats), ends
  end
  if wait > longest then refused, longest = i, wait end
end

if refused == 0 then
  for i = 1, #KEYS do
    redis.call('SET', KEYS[i], values[i], 'PX', math.max(1, math.ceil((expires[i] - now) / 1000)))
  end
end
return {refused, longest, repeats}
