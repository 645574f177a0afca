/// One thing that somebody does, that breaks, or that time does; all that a run is made of besides its seed.
///
/// A step says what it means by numbers that are taken modulo what there is, so that any of them may be left out of a
/// list and the rest still makes sense.
public enum SimulationStep: Hashable, Sendable {
  /// Somebody, by number, does something.
  case person(Int, Deed)
  /// Something breaks or mends.
  case trouble(Trouble)
  /// So many milliseconds pass.
  case wait(Int)

  /// What people do.
  public enum Deed: Hashable, Sendable {
    /// Creates a thread with some of the others, by bits.
    case create(with: Int)
    /// Opens the thread at a place of the list.
    case open(Int)
    /// Writes a text into the open thread and sends it.
    case send
    /// Writes a few letters and sends nothing.
    case type
    /// Edits an own message, counted from the newest.
    case edit(Int)
    /// Deletes an own message, counted from the newest.
    case delete(Int)
    /// Adds somebody to the open thread, by keys.
    case add(Int)
    /// Takes the one at a place of the people of the open thread out, by keys.
    case remove(Int)
    /// Leaves the open thread by keys; forgets one that the person is not in any more.
    case leave
    /// Gives the open thread another topic, by keys; thinks better of it now and then.
    case rename(Int)
    /// Keeps the open thread at the top, or no longer.
    case pin
    /// Wants no notices of the open thread, or wants them again.
    case mute
    /// Opens the next thread with something new.
    case nextUnread
    /// Jumps to what is new.
    case jump
    /// Searches, in all threads or in one, and does something with what is found, all by the number.
    case search(Int)
    /// Presses wrong keys.
    case fumble(Int)
    /// Sends from another device of theirs.
    case sendElsewhere
    /// Adds somebody to the open thread from another device of theirs.
    case addElsewhere(Int)
    /// Takes somebody out of the open thread from another device of theirs.
    case removeElsewhere(Int)
    /// Pages back through the open thread.
    case pageBack
    /// Goes to the newest message.
    case pageToEnd
    /// Tries again what failed.
    case retry
    /// Takes back what failed.
    case takeBack
    /// Looks elsewhere, or looks again.
    case lookAway, lookBack
    /// Closes the lid, and opens it.
    case sleep, wake
  }

  /// What breaks and mends.
  public enum Trouble: Hashable, Sendable {
    /// Somebody's network gets bad; what kind, and how bad in percent.
    case weather(Int, Ailment, percent: Int)
    /// Somebody's network is good again.
    case clear(Int)
    /// Somebody's network is gone.
    case offline(Int)
    /// Somebody's sockets break.
    case cut(Int)
    /// Somebody's sockets go on, and nothing comes any more.
    case silence(Int)
    /// The service does something wrong with events, for half a minute; in percent.
    case events(EventAilment, percent: Int)
    /// Somebody's tokens are revoked.
    case revoke(Int)
    /// Somebody's client is killed, and started.
    case kill(Int), start(Int)
    /// The emulator is killed.
    case killEmulator
    /// The trusted service is killed.
    case killTrusted
    /// Both are started.
    case startServers
  }

  /// What can be wrong with a network.
  public enum Ailment: String, Hashable, Sendable, CaseIterable {
    /// See ``Weather``.
    case lostRequests, lostAnswers, broken, duplicates, throttled, failing, late
  }

  /// What the service can do wrong with events, by the emulator's names.
  public enum EventAilment: String, Hashable, Sendable, CaseIterable {
    /// See the emulator's faults.
    case drop, lose, duplicate, late, reorder
  }
}

extension SimulationStep: CustomStringConvertible {
  /// The step as a line of a report.
  public var description: String {
    switch self {
    case .person(let number, let deed): "person \(number) \(deed)"
    case .trouble(.weather(let number, let ailment, let percent)):
      "weather of \(number): \(ailment) \(percent) %"
    case .trouble(.events(let ailment, let percent)): "events: \(ailment) \(percent) %"
    case .trouble(let trouble): "\(trouble)"
    case .wait(let time): "wait \(time) ms"
    }
  }
}
