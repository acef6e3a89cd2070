-- wrk -s wrk.lua URL -- PATHS [BODY]: asks for the paths of a file in turn; with BODY, a file with a form to which every request
-- adds a submission of its own. Prints what was measured as one line of JSON.
local paths, body, turn, start = {}, nil, 0, os.time()

function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  if args[2] then
    body = io.open(args[2]):read("*a")
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
end

function request()
  turn = turn + 1
  local path = paths[(turn - 1) % #paths + 1]
  if not body then return wrk.format("GET", path) end
  local unique = string.format("&submission=%08x-0000-4000-8000-%012x", start % 4294967296, turn)
  return wrk.format("POST", path, nil, body .. unique)
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format('\n{"requests": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "failed": %d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed))
end
