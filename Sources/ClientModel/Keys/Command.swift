/// Something a person can do with a key: one value, one file in `Commands/`.
///
/// The key map, the help pane and the hints at the foot of the screen are made from ``all``.
public struct Command: Sendable {
  /// Where a command's keys work.
  public enum Context: String, Hashable, Sendable, Codable, CaseIterable {
    /// Everywhere.
    case anywhere
    /// On the main screen, whatever part has the focus.
    case main
    /// In the composer.
    case composer
    /// Among the messages.
    case messages
    /// In the thread list.
    case threads
    /// In a pane that only shows something.
    case pane
    /// In the dialog that makes a thread.
    case newThread
    /// In the pane that searches messages.
    case search
    /// Among the people of a thread.
    case people
    /// In the dialog that changes a topic.
    case rename
    /// In a field of a dialog, whichever it is.
    case field
    /// In the question who is to be called.
    case callChoice
    /// In a question that is answered by yes or no.
    case question
  }

  /// The name by which the config file binds keys to it: `send`, `next-thread`.
  public let name: String
  /// What it does, in English; the key of its translation.
  public let help: String
  /// The chords it has unless the config file says otherwise; the first is the one that hints show.
  public let keys: [String]
  /// Where its keys work.
  public let context: Context
  let perform: @Sendable (inout ClientState, inout Turn) -> Void

  init(
    _ name: String, help: String, keys: [String], in context: Context,
    perform: @escaping @Sendable (inout ClientState, inout Turn) -> Void
  ) {
    self.name = name
    self.help = help
    self.keys = keys
    self.context = context
    self.perform = perform
  }

  /// True for commands of the composer that touch nothing else on the screen.
  var staysInComposer: Bool {
    ![Command.send.name, Command.cancelEditing.name, Command.moveUp.name].contains(name)
  }
}
