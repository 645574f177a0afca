import ACSTypes
import ACSWire

/// The rules of real-time events: who is connected, who registered, and what waits for whom (REALTIME 3, 4).
///
/// It knows no sockets: it is told what came over one, under its number, and gives ``Order``s in return.
struct RealTime {
  /// Something to do outside.
  enum Order {
    /// Send a text over a socket.
    case send(String, socket: Int)
    /// Close a socket, after what was sent.
    case close(socket: Int)
    /// Break a socket without a word.
    case drop(socket: Int)
    /// Answer somebody's request to a client.
    case answer(HTTPResponse, push: Int)
  }

  /// The path of the registrar; the version and `registrations` follow.
  static let registrarPath = "/registrar/prod"

  let ids: IDSource
  var flows: [String: Flow] = [:]
  /// Flows by the session that a handshake gave, until a socket takes it or the time is over.
  var sessions: [String: (flow: String, until: Timestamp)] = [:]
  var sockets: [Int: RealTimeSocket] = [:]
  var registrations: [Registration.Key: Registration] = [:]
  /// The registrations of somebody, in the order of their coming.
  var keysOfIdentity: [String: [Registration.Key]] = [:]
  /// Those of a flow.
  var keysOfFlow: [String: Set<Registration.Key>] = [:]
  let faults: FaultTable
  var orders: [Order] = []
  /// When ``tick(now:)`` may have something to do; never later than that.
  private(set) var nextDeadline: Timestamp?
  private var lastNumber = 0

  init(ids: IDSource, faults: FaultTable) {
    self.ids = ids
    self.faults = faults
  }

  /// True while an event would reach anybody.
  var hasListeners: Bool { !registrations.isEmpty }

  /// What is to be done, in order; it is forgotten then.
  mutating func takeOrders() -> [Order] {
    defer { orders = [] }
    return orders
  }

  /// Takes what is left to do for sockets of `earlier`, and gives no number of theirs again.
  mutating func goOn(after earlier: RealTime) {
    orders = earlier.orders
    lastNumber = earlier.lastNumber
  }

  /// A number for a socket or a request, never given before.
  mutating func number() -> Int {
    lastNumber += 1
    return lastNumber
  }

  /// Looks again at `moment`, at the latest.
  mutating func look(at moment: Timestamp) {
    nextDeadline = min(nextDeadline ?? moment, moment)
  }

  /// Forgets the deadline, which is then worked out anew.
  mutating func clearDeadline() { nextDeadline = nil }
}

/// The times and sizes of real-time events.
enum RealTimeLimits {
  /// The service beats this often.
  static let heartbeat = Duration.seconds(25)
  /// Who is silent for so long is dropped; the handshake tells the seconds.
  static let silence = Duration.seconds(70)
  /// A session from a handshake has to be used within this time, and a token to come.
  static let opening = Duration.seconds(40)
  /// A flow lives this long.
  static let flow = Duration.seconds(86_400)
  /// A client has this long to answer an event.
  static let answer = Duration.seconds(10)
  /// A request of somebody's may wait this long for a client's answer.
  static let longestAnswer = Duration.seconds(120)
  /// An event that was not answered is sent so often.
  static let attempts = 3
  /// Events wait this long for a client that is away.
  static let redelivery = Duration.seconds(900)
  /// Registrations may last this long, in seconds.
  static let ttl = 86_400
  /// Bytes of a frame.
  static let frame = 64 << 10
  /// Bytes of a registration.
  static let registration = 16 << 10
  /// Events that are under way to a socket at the same time.
  static let window = 256
  /// Events that wait for a registration.
  static let waiting = 1000
  /// Flows, and registrations, that one identity may have.
  static let perIdentity = 50
  /// Bytes of the client's names for itself and its registrations.
  static let name = 200
}
