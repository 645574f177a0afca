public import ACSTypes
public import Services

/// Where the scenes of a script are played: people at their clients, the services, and time.
///
/// The same script is played on every stage. Each makes a world of its own for each scene.
public protocol Stage: AnyObject {
  /// The seats of the people, by their names in the order of the script.
  var seats: [any Seat] { get }
  /// What time it is.
  var now: Timestamp { get }
  /// When the scene began.
  var begin: Timestamp { get }
  /// True when time moves by ``advance(by:)`` alone.
  var isVirtual: Bool { get }
  /// How long what is expected may take to come about by itself; nothing where it is there once the world has settled.
  var patience: Duration { get }

  /// Waits until all has happened that happens without time passing; where time is the computer's, until it is quiet.
  func settle() throws(StageError)
  /// Lets time pass.
  func advance(by duration: Duration) throws(StageError)
  /// Lets time pass until `condition` holds, `limit` at the longest; gives whether it holds.
  func wait(upTo limit: Duration, until condition: () -> Bool) throws(StageError) -> Bool

  /// Who somebody is, whether their client runs or not.
  func identity(of person: String) throws(StageError) -> CommunicationIdentifier
  /// Makes a thread as another program of its first member's would.
  func make(_ thread: ThreadSetting) throws(StageError)
  /// Lets something go wrong from now on.
  func add(_ fault: FaultRule) throws(StageError)
  /// Lets the emulator do something wrong of its own.
  func add(_ fault: EmulatorFault) throws(StageError)
  /// Lets nothing go wrong any more.
  func clearFaults() throws(StageError)
  /// Starts what does not run.
  func start(_ party: Party) throws(StageError)
  /// Ends something as `kill -9` does.
  func kill(_ party: Party) throws(StageError)
  /// Does something as another program of somebody's, on a network where nothing goes wrong.
  func elsewhere(
    _ person: String, _ what: String,
    _ body: @escaping @Sendable (any ChatService) async throws -> Void
  ) throws(StageError)
  /// Closes the lid of somebody's machine: for it no time passes.
  func suspend(_ person: String) throws(StageError)
  /// Opens it again.
  func resume(_ person: String) throws(StageError)
  /// Ends the world; nothing of it is left on this machine. What running services were told they keep.
  func end()
}

/// A program of a world.
public enum Party: Hashable, Sendable, CustomStringConvertible {
  /// Somebody's client.
  case client(String)
  /// The emulator.
  case emulator
  /// The trusted service.
  case tokenService

  /// As a script names it.
  public var description: String {
    switch self {
    case .client(let name): name
    case .emulator: "emulator"
    case .tokenService: "token-service"
    }
  }
}

/// A world could not be made, or cannot do what a script wants.
public struct StageError: Error, Hashable, Sendable {
  /// What could not be done, with the words of the error that came of it.
  public init(_ what: String, failedWith error: any Error) {
    self.init("\(what): \((error as? ServiceError)?.message ?? "\(error)")")
  }

  /// Why, and what to do.
  public var message: String

  /// An error.
  public init(_ message: String) {
    self.message = message
  }
}
