import ArgumentTable

extension Subject {
  static let event = Subject(
    "event",
    [
      .init(
        "expect event NAME [has \"TEXT\"]",
        "Something happened to the client within the scene; the text is in what belongs to it.")
    ], isCounted: true, isOutcome: false
  ) { words throws(ScriptError) in
    let start = words
    let name = try words.anyWord("the name of an event, such as token.renewed,")
    guard HappeningName.known.contains(name) else {
      let hint =
        nearest(to: name, in: HappeningName.known.sorted()).map { "; did you mean '\($0)'?" } ?? ""
      throw start.error("there is no event '\(name.shown)'\(hint)")
    }
    var text: ScriptText?
    if words.takes("has") { text = try words.text("a text") }
    return EventLook(name: name, text: text)
  }

  static let request = Subject(
    "request",
    [
      .init(
        "expect request METHOD \"/PATH/*\" [answered STATUS]",
        "The client sent a request within the scene, with '*' for any text; the query belongs to the path."
      )
    ], isCounted: true, isOutcome: false
  ) { words throws(ScriptError) in
    let method = try words.word("a method", of: ["GET", "POST", "PUT", "PATCH", "DELETE"])
    let path = try words.pathPattern()
    var status: Int?
    if words.takes("answered") { status = try words.number("a status", in: 100...599) }
    return RequestLook(method: method, path: path, status: status)
  }

  static let notification = Subject(
    "notification",
    [
      .init(
        "expect notification \(TextTest.usage)",
        "The line for news told this within the scene, whether it is still shown or not.")
    ], isCounted: true, isOutcome: false
  ) { words throws(ScriptError) in NotificationLook(test: try TextTest(&words)) }
}

private struct EventLook: Look {
  let name: String
  let text: ScriptText?

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let happenings = run.seat().diary.happenings
    let wanted = text.map(run.value)
    let fits = happenings.filter { $0.name == name && (wanted.map($0.detail.contains) ?? true) }
    let others = happenings.filter { $0.name == name }.map(\.words)
    let instead =
      others.isEmpty
      ? "\(name) did not happen"
      : "\(name) did not happen with \(quoted(wanted ?? "")), but:"
        + others.suffix(5).map { "\n  \($0)" }.joined()
    return Finding(matches: fits.map(\.words), instead: instead)
  }
}

private struct RequestLook: Look {
  let method: String
  let path: ScriptText
  let status: Int?

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let requests = run.seat().diary.requests
    let pattern = run.value(path)
    let glob = Glob(pattern)
    let fits = requests.filter { request in
      let path = request.target.prefix { $0 != "?" }
      return request.method == method
        && (glob.matches(String(path)) || glob.matches(request.target))
        && (status.map { $0 == request.status } ?? true)
    }
    let end = status.map { " that was answered \($0)" } ?? ""
    return Finding(
      matches: fits.map(\.words), instead: "there was no \(method) \(quoted(pattern))\(end)",
      wanted: "\(method) \(pattern)", candidates: requests.suffix(200).map(\.words))
  }
}

private struct NotificationLook: Look {
  let test: TextTest

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let notices = run.seat().diary.notices
    let fits = notices.filter { test.holds(for: $0.detail, run) }
    return Finding(
      matches: fits.map { quoted($0.detail) },
      instead: notices.isEmpty
        ? "nothing was told"
        : "what was told:" + notices.suffix(5).map { "\n  \(quoted($0.detail))" }.joined(),
      wanted: test.wanted(run), candidates: notices.map(\.detail))
  }
}

extension Diary.Happening {
  /// `message.sent "Hello"`.
  var words: String { detail.isEmpty ? name : "\(name) \(quoted(String(detail.prefix(200))))" }
}

extension Diary.Request {
  /// `POST /chat/threads/…/messages?api-version=… 201`.
  var words: String { "\(method) \(target)\(status.map { " \($0)" } ?? " (no answer)")" }
}
