import ACSWire
import ArgumentTable

/// What became of a message, recipient by recipient.
struct SMSReport {
  private let results: [SMSSendResult]
  private let recipients: [String]

  /// The service's rows for these recipients.
  init(_ results: [SMSSendResult], recipients: [String]) {
    self.results = results
    self.recipients = recipients
  }

  /// Prints each row, and names those that failed.
  ///
  /// - Returns: How the program ends: 65 when a recipient was refused, 69 when the service was only too busy.
  func print(to output: Output) -> ExitCode {
    for result in results { output.say(SMSReport.line(result)) }
    output.say(json: SMSSendResponse(value: results).json)
    let failed = results.filter { !$0.successful }
    if !failed.isEmpty {
      let names = failed.map(\.to).joined(separator: ", ")
      output.complain("confab: not sent to \(names) (\(failed.count) of \(recipients.count))")
    }
    let silent = recipients.filter { number in !results.contains { $0.to == number } }
    if !silent.isEmpty {
      output.complain(
        "confab: the service told nothing of \(silent.joined(separator: ", ")); look at the "
          + "delivery reports before you send again")
    }
    let isTemporary = failed.allSatisfy { $0.httpStatusCode == 429 || $0.httpStatusCode >= 500 }
    if !silent.isEmpty || !isTemporary { return .badData }
    return failed.isEmpty ? .done : .unavailable
  }

  /// One recipient's line, such as `+14255550123  sent  Outgoing_…`.
  private static func line(_ result: SMSSendResult) -> String {
    guard result.successful else {
      return "\(result.to)  not sent  \(result.httpStatusCode) \(result.errorMessage ?? "")"
    }
    return "\(result.to)  sent  \(result.messageID ?? "")"
  }
}
