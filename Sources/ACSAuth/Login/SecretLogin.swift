import ACSTypes
import ACSWire
public import Services
import Synchronization

/// A login by a header field whose value the user has: in a variable, in a file, or from a command.
///
/// The source is read for each token, so that a value which is exchanged there is taken. A command may answer with
/// `{"token":…,"expiresOn":…}`, the shape of Azure's command line among them; then it is asked again when that ends.
public final class SecretLogin: TokenServiceLogin {
  /// A kept answer of a command is used no longer than until this much is left of it.
  private static let lead = Duration.seconds(60)

  private struct Kept {
    var value: Secret
    var until: Timestamp
  }

  private let header: String
  private let source: SecretSource
  private let reader: SecretReader
  private let clock: any WallClock
  private let flow: TokenFlow
  private let kept = Mutex<Kept?>(nil)

  /// A login with the header field called `header`.
  public init(
    header: String = "Authorization", source: SecretSource, reader: SecretReader,
    clock: any WallClock, flow: TokenFlow
  ) {
    self.header = header
    self.source = source
    self.reader = reader
    self.clock = clock
    self.flow = flow
  }

  /// Where the value comes from.
  public var words: String { source.words }

  /// Reads the source, unless a command's answer is still good.
  public func proof(mayPrompt: Bool) async throws -> LoginProof {
    if let kept = kept.withLock({ $0 }), clock.now < kept.until {
      return LoginProof(name: header, value: kept.value)
    }
    let step = flow.begin(.login, "Read \(source.words)")
    do {
      let secret = try await reader.read(source)
      let (value, expiresOn) = try value(of: secret)
      if let expiresOn {
        kept.withLock { $0 = Kept(value: value, until: expiresOn - SecretLogin.lead) }
      }
      flow.end(
        step,
        details: ["header  \(header): \(value)"]
          + (expiresOn.map { ["expires  \($0.iso8601)"] } ?? []))
      return LoginProof(name: header, value: value)
    } catch {
      let failure = ServiceError(error, during: "reading \(source.words)")
      flow.end(step, outcome: .failed(failure.message))
      throw failure
    }
  }

  /// Forgets a command's answer.
  public func refused(_ proof: LoginProof) {
    kept.withLock { if $0?.value == proof.value { $0 = nil } }
  }

  private func value(of secret: Secret) throws -> (Secret, Timestamp?) {
    guard case .command = source, secret.reveal().hasPrefix("{") else { return (secret, nil) }
    guard let answer = LoginCommandAnswer(secret) else {
      throw ServiceError(
        .badSettings,
        """
        \(source.words.capitalizedFirst) printed JSON without a token. It should print the header's value, or \
        {"token": …, "expiresOn": …}.
        """)
    }
    let isBearer = header.lowercased() == "authorization"
    return (isBearer ? Secret("Bearer \(answer.token.reveal())") : answer.token, answer.expiresOn)
  }
}

/// What a login command prints as JSON.
struct LoginCommandAnswer {
  let token: Secret
  /// `nil` when it does not tell: then the command is asked each time.
  let expiresOn: Timestamp?

  /// Reads `token` or `accessToken`, and `expiresOn` or `expires_on`.
  ///
  /// Azure's command line tells `expiresOn` in local time without an offset, and `expires_on` in epoch seconds, which
  /// wins therefore.
  init?(_ text: Secret) {
    guard let json = try? JSONValue.parse(Array(text.reveal().utf8)),
      let token = (json["token"] ?? json["accessToken"] ?? json["access_token"])?.string,
      !token.isEmpty
    else { return nil }
    self.token = Secret(token)
    let known = try? TokenClaims(jwt: self.token)
    expiresOn =
      LoginCommandAnswer.moment(json["expires_on"]) ?? LoginCommandAnswer.moment(json["expiresOn"])
      ?? known?.expiresOn
  }

  private static func moment(_ json: JSONValue?) -> Timestamp? {
    if let seconds = json?.number, (0..<253_402_300_800).contains(seconds) {
      return Timestamp(seconds: Int64(seconds))
    }
    return json?.string.flatMap { Timestamp(iso8601: $0) }
  }
}
