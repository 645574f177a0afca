extension Command {
  /// All commands, in the order in which the help shows them.
  public static let all: [Command] = [
    .quit, .showHelp, .redraw, .suspend, .interrupt, .showIdentity, .closePane, .scrollPaneUp,
    .scrollPaneDown,
    .pagePaneUp, .pagePaneDown, .nextFocus, .previousFocus,
    .showTokenFlow, .renewTokenNow,
    .openNewThread, .nextThread, .previousThread, .selectNextThread, .selectPreviousThread,
    .nextUnreadThread, .togglePin, .toggleThreadMute, .renameThread, .leaveThread, .forgetThread,
    .showPeople, .selectFirstThread, .selectLastThread, .openSelectedThread, .leaveThreadList,
    .scrollUp, .scrollDown, .scrollToEnd, .jumpToUnread, .selectOlder, .selectNewer, .editSelected,
    .deleteSelected, .leaveMessages, .confirmDelete, .declineDelete, .retryFailedMessage,
    .takeBackFailedMessage,
    .searchMessages, .searchThread, .nextHit, .previousHit, .openHit, .closeSearch, .selectNextHit,
    .selectPreviousHit, .pageHitsDown, .pageHitsUp, .toggleSearchScope, .deleteInSearch,
    .deleteWordInSearch, .clearSearch, .moveLeftInSearch, .moveRightInSearch,
    .send, .insertNewline, .deleteBackward, .deleteForward, .deleteWord, .deleteToStart,
    .deleteToEnd, .moveLeft, .moveRight, .moveWordLeft, .moveWordRight, .moveToStart,
    .moveToEnd, .moveUp, .moveDown, .cancelEditing,
    .callSomebody, .answerCall, .hangUp, .toggleMute, .showCalls, .selectNextCallee,
    .selectPreviousCallee, .callSelected, .cancelCallChoice,
    .addSelectedPerson, .removeSelectedPerson, .selectNextMember, .selectPreviousMember,
    .closePeople, .saveTopic, .cancelRename, .nextField, .confirmField, .createThreadNow,
    .cancelNewThread, .selectNextPerson,
    .selectPreviousPerson, .deleteInField, .clearField, .moveLeftInField, .moveRightInField,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The command of that name.
  public static func named(_ name: String) -> Command? { byName[name] }
}
