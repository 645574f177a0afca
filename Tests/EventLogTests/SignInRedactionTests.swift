import ACSAuth
import ACSTypes
import ClientModel
import EventLog
import Services
import Synchronization
import TestKit
import Testing

@Suite("What a log leaves out of a sign-in by code")
struct SignInRedactionTests {
  private static let base = "https://login.example/contoso/oauth2/v2.0"
  private static let code = "WDJB-MJHT"
  private static let secrets = [code, "device-secret", "access-1", "refresh-1"]

  /// What a client is told of a whole sign-in, however it ends.
  private func events(
    _ answer: String, status: Int, link: String = "https://login.example/device"
  ) async throws -> [Event] {
    let clock = ManualClock()
    let told = ToldEvents()
    let exchange = ScriptedExchange([
      .answer(
        "POST", "\(Self.base)/devicecode", status: 200,
        body: """
          {"device_code":"device-secret","user_code":"\(Self.code)","verification_uri":"\(link)",
          "expires_in":900,"interval":5}
          """),
      .answer("POST", "\(Self.base)/token", status: status, body: answer),
    ])
    let login = try DeviceCodeLogin(
      settings: DeviceCodeSettings(
        authority: "https://login.example/", tenant: "contoso", clientID: "app-1", scope: "api"),
      exchange: exchange, store: ScriptedSecrets(), prompter: told, clock: clock,
      timer: ManualTimer(clock), flow: ACSAuth.TokenFlow(observer: told, clock: clock))
    do {
      _ = try await login.proof(mayPrompt: true)
    } catch let error as ServiceError {
      told.add(.finished(EffectID(1), .failed(error)))
    }
    return told.events
  }

  @Test(
    "neither the code nor any token is in a log of the run",
    arguments: [
      (
        #"{"access_token":"access-1","refresh_token":"refresh-1","expires_in":3600}"#, 200,
        "https://login.example/device"
      ),
      (
        #"{"error":"bad","error_description":"Nobody may use WDJB-MJHT."}"#, 400,
        "https://login.example/device/WDJB-MJHT"
      ),
    ])
  func wholeRun(answer: String, status: Int, link: String) async throws {
    let events = try await events(answer, status: status, link: link)
    #expect(events.count >= 6)
    for redaction in Redaction.allCases {
      var writer = EventLogWriter(redaction: redaction)
      for event in events {
        let occurrence = Occurrence(now: RandomEvents.start, entropy: 1, event: event)
        let line = String(
          decoding: writer.line(occurrence, in: RandomEvents.client()), as: UTF8.self)
        for secret in Self.secrets { #expect(!line.contains(secret), "\(redaction): \(line)") }
      }
    }
  }

  @Test("no step of the token flow holds the code, for it is shown elsewhere and kept nowhere")
  func steps() async throws {
    let answer = #"{"access_token":"access-1","refresh_token":"refresh-1","expires_in":3600}"#
    let steps = try await events(answer, status: 200).filter {
      if case .tokenFlowed = $0 { true } else { false }
    }
    #expect(steps.count == 6 && !"\(steps)".contains(Self.code))
  }
}

/// What a run of the client would be told, in order.
private final class ToldEvents: TokenFlowObserver, SignInPrompter {
  private let list = Mutex<[Event]>([])
  var events: [Event] { list.withLock { $0 } }

  func add(_ event: Event) { list.withLock { $0.append(event) } }
  func record(_ step: TokenFlowStep) { add(.tokenFlowed(step)) }
  func show(_ prompt: SignInPrompt?) { add(.signInPrompted(prompt)) }
}
