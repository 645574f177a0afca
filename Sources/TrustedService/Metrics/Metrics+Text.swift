import ACSTypes

extension Metrics {
  /// Everything in the text format of Prometheus, version 0.0.4, in an order that stays.
  var text: String {
    let counts = snapshot
    var text = MetricsText()
    text.family("confab_requests_total", "counter", "Requests answered, by route and status.")
    let requests = counts.requests.sorted { left, right in
      (left.key.route, left.key.method, left.key.status)
        < (right.key.route, right.key.method, right.key.status)
    }
    for (key, count) in requests {
      text.sample(
        "confab_requests_total",
        [("route", key.route), ("method", key.method), ("status", String(key.status))],
        Double(count))
    }
    text.family(
      "confab_request_duration_seconds", "histogram", "From a request's last byte to its answer.")
    for (route, histogram) in counts.latencies.sorted(by: { $0.key < $1.key }) {
      text.histogram("confab_request_duration_seconds", [("route", route)], histogram)
    }
    text.family("confab_requests_in_flight", "gauge", "Requests under way.")
    text.sample("confab_requests_in_flight", [], Double(counts.inFlight))
    text.counters(
      "confab_tokens_issued_total", "User access tokens issued, by the kind of caller.", "caller",
      counts.tokens)
    text.counters(
      "confab_service_failures_total", "Requests to the service behind that failed.", "code",
      counts.failures)
    text.counters(
      "confab_rate_limited_total", "Requests refused because there were too many.", "by",
      counts.limited)
    text.family("process_start_time_seconds", "gauge", "When the service began.")
    text.sample("process_start_time_seconds", [], Double(startedOn.milliseconds) / 1000)
    return text.text
  }
}

/// Text in the format of Prometheus.
private struct MetricsText {
  var text = ""

  mutating func family(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0)=\"\(MetricsText.escaped($1))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    let whole = Int64(exactly: value)
    text += " \(whole.map(String.init) ?? String(value))\n"
  }

  mutating func counters(
    _ name: String, _ help: String, _ label: String, _ counts: [String: Int]
  ) {
    family(name, "counter", help)
    for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
      sample(name, [(label, value)], Double(count))
    }
  }

  mutating func histogram(
    _ name: String, _ labels: [(String, String)], _ histogram: LatencyHistogram
  ) {
    var total = 0
    let bounds = LatencyHistogram.bounds.map { String($0) } + ["+Inf"]
    for (bound, count) in zip(bounds, histogram.buckets) {
      total += count
      sample("\(name)_bucket", labels + [("le", bound)], Double(total))
    }
    sample("\(name)_sum", labels, histogram.sum)
    sample("\(name)_count", labels, Double(total))
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
