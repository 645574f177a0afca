public import Cells
public import ClientModel

/// Somebody's place at a client: what a person can see there and do.
///
/// All that a script does with a client goes through this, whichever way the client runs.
public protocol Seat: AnyObject {
  /// Whose it is.
  var name: String { get }
  /// What the client knows; `nil` while it does not run.
  var state: ClientState? { get }
  /// What it shows; `nil` while it does not run.
  var frame: Frame? { get }
  /// True while the lid of its machine is closed: it takes nothing.
  var isAsleep: Bool { get }
  /// What happened to the client, what it asked the services, and what it told the person.
  var diary: Diary { get }
  /// Gives the client what comes from keyboard and terminal, one after the other; what does not run takes nothing.
  func take(_ events: [Event])
}
