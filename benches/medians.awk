# Reads "round mode/name value unit"; prints the median of each figure, with least and most, and the state of the goals.

{
    value[$2, $1] = $3; unit[$2] = $4
    if (!($2 in seen)) { seen[$2] = 1; order[++figures] = $2 }
    if ($1 > rounds) rounds = $1
}

# The median of list[1..n], which gets sorted.
function median(list, n,    i, j, x) {
    for (i = 2; i <= n; i++) {
        x = list[i]
        for (j = i - 1; j > 0 && list[j] > x; j--) list[j + 1] = list[j]
        list[j + 1] = x
    }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

# How `figure` stands to `times` times `floor` (or to the number `times` if there is no floor).
function goal(text, figure, relation, times, floor,    round, list, n, got, met) {
    for (round = 1; round <= rounds; round++)
        if ((figure, round) in value && (floor == "" || (floor, round) in value))
            list[++n] = floor == "" ? value[figure, round] : value[figure, round] / value[floor, round]
    if (n == 0) return
    got = median(list, n)
    met = relation == "<=" ? got <= times : got >= times
    printf "%-6s %-52s %10.3f %s %g%s\n", met ? "met" : "MISSED", text, got, relation, times, floor == "" ? " " unit[figure] : " x " floor
}

END {
    for (f = 1; f <= figures; f++) {
        name = order[f]; n = 0
        for (round = 1; round <= rounds; round++) if ((name, round) in value) list[++n] = value[name, round]
        m = median(list, n)
        printf "%-40s %12.3f %-8s (%.3f to %.3f)\n", name, m, unit[name], list[1], list[n]
    }
    print ""
    goal("call to callback, TIMSetConfig, p50", "1cpu/setconfig_p50", "<=", 2, "1cpu/floor_queue_p50")
    goal("call to callback, 6014, p50", "1cpu/refused_p50", "<=", 2, "1cpu/floor_queue_p50")
    goal("TIMGetLoginStatus", "1cpu/login_status", "<=", 110)
    goal("TIMGetSDKVersion", "1cpu/sdk_version", "<=", 110)
    goal("memory grown over a million calls", "1cpu/memory_growth", "<=", 1)
    goal("durable send, p50", "free/send_p50", "<=", 1.5, "free/floor_commit_p50")
    goal("durable send, p50, one CPU", "1cpu/send_p50", "<=", 1.5, "1cpu/floor_commit_p50")
    goal("stream between processes", "free/stream", ">=", 0.8, "free/floor_group")
    goal("durable delivery, p50", "free/deliver_durable_p50", "<=", 1.3, "free/floor_two_p50")
    goal("durable delivery, p50, one CPU", "1cpu/deliver_durable_p50", "<=", 1.3, "1cpu/floor_two_p50")
    goal("online-only delivery, p50", "1cpu/deliver_online_p50", "<=", 3, "1cpu/floor_socket_p50")
    goal("dlopen to the login callback", "1cpu/start", "<=", 5.45)
    goal("history page of 20, p50", "1cpu/history20_p50", "<=", 4, "1cpu/floor_page_p50")
    goal("size of the library", "1cpu/library", "<=", 6)
    goal("anonymous memory, logged in", "1cpu/anonymous", "<=", 5)
    goal("threads, with the program's own", "1cpu/threads", "<=", 4)
    for (n = split("free 1cpu", modes, " "); n > 0; n--) {
        goal("PostgreSQL and NATS, delivery, p50, " modes[n], modes[n] "/ping_p50", "<=", 1.5, modes[n] "/floor_deliver_p50")
        goal("the same between two servers, " modes[n], modes[n] "/ping2_p50", "<=", 1.5, modes[n] "/floor_deliver_p50")
    }
    goal("PostgreSQL, stream of a pair", "free/server_stream", ">=", 7680)
    goal("PostgreSQL, stream of 16 senders", "free/stream16", ">=", 0.8, "free/floor_inserts")
    goal("SQLite, stream of 16 senders", "free/sqlite_stream", ">=", 0.5, "free/floor_group")
    goal("wake-ups while idle", "free/idle_wakeups", "<=", 0.999)
}
