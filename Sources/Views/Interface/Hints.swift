import ClientModel
import Phrases
import TextLayout

/// The bottom line: the newest notice, or the keys that matter where the person is.
func hints(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  if let notice = state.notice {
    switch notice.message {
    case .information(let text): canvas.line(" \(text)", in: area, .success)
    case .failure(let text): canvas.line(" \(text)", in: area, .error)
    }
    let waiting = state.notices.waiting.count
    if waiting > 0 {
      let more = " \(phrases("% more", "+\(waiting)")) "
      let column = area.columns - Columns.width(of: more)
      if column > 10 { canvas.line(more, column: column, in: area, .dim) }
    }
    return
  }
  var column = 1
  for (command, words) in hintCommands(state) {
    let chord = key(command, state)
    let text = phrases(words)
    guard column + Columns.width(of: chord) + Columns.width(of: text) + 1 <= area.columns else {
      break
    }
    column = canvas.line(chord, column: column, in: area, .keyHint)
    column = canvas.line(" \(text)", column: column, in: area, .dim) + 2
  }
}

private func hintCommands(_ state: ClientState) -> [(Command, String)] {
  let common: [(Command, String)] = [
    (.showTokenFlow, "token flow"), (.showHelp, "keys"), (.quit, "leave"),
  ]
  switch state.interface.pane {
  case .newThread:
    return [(.confirmField, "go on"), (.createThreadNow, "create"), (.cancelNewThread, "give up")]
  case .search:
    return [
      (.openHit, "show"), (.toggleSearchScope, "here or everywhere"), (.closeSearch, "close"),
    ]
  case .callChoice: return [(.callSelected, "call"), (.cancelCallChoice, "nobody")]
  case .people:
    let isAdding = state.people?.search.isEmpty == false
    return [
      isAdding ? (.addSelectedPerson, "add") : (.removeSelectedPerson, "remove"),
      (.closePeople, "close"),
    ]
  case .rename: return [(.saveTopic, "save"), (.cancelRename, "keep the old one")]
  case .question(let question):
    let answers = questionAnswers(question)
    return [(.confirmDelete, answers.yes), (.declineDelete, answers.no)]
  case .help, .tokenFlow, .signIn, .calls, .identity:
    return [(.closePane, "close"), (.quit, "leave")]
  case nil: break
  }
  if state.composer.editing != nil {
    return [(.send, "save the change"), (.cancelEditing, "stop editing")] + common
  }
  switch state.interface.focus {
  case .composer where state.readOnlyReason != nil:
    return [(.leaveThread, "forget it"), (.nextThread, "next thread"), (.nextFocus, "messages")]
      + common
  case .composer:
    return [(.send, "send"), (.openNewThread, "new"), (.callSomebody, "call")] + common + [
      (.nextThread, "next thread"), (.nextFocus, "messages"),
    ]
  case .messages:
    return [
      (.selectOlder, "older"), (.editSelected, "edit"), (.deleteSelected, "delete"),
      (.leaveMessages, "back"),
    ] + common
  case .threads where state.threads.entries.isEmpty:
    return [(.openNewThread, "new thread"), (.showIdentity, "my id")] + common
  case .threads:
    return [(.openSelectedThread, "open"), (.openNewThread, "new thread"), (.togglePin, "pin")]
      + common.dropFirst() + [(.toggleThreadMute, "quieten"), (.leaveThread, "leave the thread")]
  }
}
