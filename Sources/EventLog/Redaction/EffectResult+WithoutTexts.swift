import ACSTypes
import ClientModel

// Whatever is added to what an effect may bring needs its case here before this builds.

extension EffectResult {
  /// The result with placeholders for all that people wrote.
  var withoutTexts: EffectResult {
    switch self {
    case .done, .sent, .receipts, .failed: self
    case .session(var session):
      {
        session.displayName = placeholder(for: session.displayName)
        return .session(session)
      }()
    case .threads(let page): .threads(page.mapping(\.withoutTexts))
    case .thread(let thread): .thread(thread.withoutTexts)
    case .messages(let page): .messages(page.mapping(\.withoutTexts))
    case .participants(let people): .participants(people.map(\.withoutTexts))
    case .history(let history): .history(history.withoutTexts)
    case .stored(let stored): .stored(stored.withoutTexts)
    case .hits(let hits): .hits(hits.map(\.withoutTexts))
    case .people(let people):
      .people(
        people.map {
          Person(identifier: $0.identifier, displayName: placeholder(for: $0.displayName))
        })
    }
  }
}

extension Page {
  fileprivate func mapping(_ change: (Element) -> Element) -> Page {
    Page(values: values.map(change), nextLink: nextLink, servedOn: servedOn)
  }
}

extension ChatThread {
  var withoutTexts: ChatThread {
    var thread = self
    thread.topic = placeholder(for: topic)
    return thread
  }
}

extension ChatParticipant {
  var withoutTexts: ChatParticipant {
    var participant = self
    participant.displayName = displayName.map(placeholder(for:))
    return participant
  }
}

extension ChatMessage {
  var withoutTexts: ChatMessage {
    var message = self
    message.senderDisplayName = placeholder(for: senderDisplayName)
    message.content = content.withoutTexts
    message.metadata = Dictionary(
      uniqueKeysWithValues: metadata.map { name, value in
        (name, name == ChatMessage.clientIDName ? value : placeholder(for: value))
      })
    message.attachments = attachments.map { attachment in
      var attachment = attachment
      attachment.name = attachment.name.map(placeholder(for:))
      attachment.url = attachment.url.map(placeholder(for:))
      return attachment
    }
    return message
  }
}

extension ChatMessage.Content {
  fileprivate var withoutTexts: ChatMessage.Content {
    switch self {
    case .text(let text): .text(placeholder(for: text))
    case .html(let html): .html(placeholder(forHTML: html))
    case .topicUpdated(let topic, let initiator):
      .topicUpdated(topic: placeholder(for: topic), initiator: initiator)
    case .participantAdded(let people, let initiator):
      .participantAdded(people.map(\.withoutTexts), initiator: initiator)
    case .participantRemoved(let people, let initiator):
      .participantRemoved(people.map(\.withoutTexts), initiator: initiator)
    case .unknown: self
    }
  }
}
