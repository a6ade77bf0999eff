-- sources.lua — for wrk: many people, as through a proxy, so that nobody meets their rate limit.
-- BENCH_COOKIES names a file with one session cookie a line; without it 8,000 addresses ask in turn.
local all, n = {}, 0

function init()
  local file = os.getenv("BENCH_COOKIES")
  if file then
    for cookie in io.lines(file) do
      wrk.headers["Cookie"] = cookie
      all[#all + 1] = wrk.format()
    end
  else
    for i = 1, 8000 do
      wrk.headers["X-Forwarded-For"] = "10." .. i % 50 + 1 .. "." .. math.floor(i / 50) % 200 + 1 .. "." .. i % 199 + 1
      all[i] = wrk.format()
    end
  end
  n = math.random(#all)
end

function request()
  n = n % #all + 1
  return all[n]
end
