import ACSTypes
import ACSWire
import Testing

@Suite("Members and their errors")
struct MemberReaderTests {
  @Test(
    "an error names the path",
    arguments: [
      (
        #"{"value":[{"id":"t","topic":"x"},{"id":"u"}]}"#,
        "value[1].topic: This is required and missing."
      ),
      (#"{"value":[7]}"#, "value[0]: This should be an object and is a number."),
      (#"{"value":{}}"#, "value: This should be a list and is an object."),
      (
        #"{"value":[{"id":1,"topic":"x"}]}"#,
        "value[0].id: This should be a string and is a number."
      ),
      (
        #"{"value":[{"id":"t","topic":"x","deletedOn":"yesterday"}]}"#,
        "value[0].deletedOn: This should be a time such as 2026-11-21T02:29:57Z."
      ),
      (#"[]"#, "This should be an object and is a list."),
      (#"{"value":[{"id":"t","topic":null}]}"#, "value[0].topic: This is required and missing."),
    ])
  func paths(text: String, description: String) {
    let error = #expect(throws: WireError.self) { try PageModel<ChatThreadItem>(text: text) }
    #expect(error?.description == description)
  }

  @Test("unknown members and nulls are written back, changed ones are written new")
  func unknown() throws {
    let text =
      #"{"new":{"x":[1]},"id":"t","topic":"old","deletedOn":null,"lastMessageReceivedOn":null}"#
    var item = try ChatThreadItem(text: text)
    #expect(item.json == (try JSONValue.parse(text)))
    item.topic = "new"
    item.deletedOn = WireTime(chat: .epoch)
    #expect(
      item.json.text
        == #"{"id":"t","topic":"new","deletedOn":"1970-01-01T00:00:00Z","new":{"x":[1]},"#
        + #""lastMessageReceivedOn":null}"#)
  }

  @Test("an object with very many unknown members costs no more than its size")
  func manyMembers() throws {
    let others = (0..<50_000).map { "\"x\($0)\":\($0)" }.joined(separator: ",")
    let text = #"{"id":"t","topic":"T",\#(others)}"#
    #expect(try ChatThreadItem(text: text).json.text == text)
  }

  @Test("a time is written back with the digits with which it came")
  func times() throws {
    let text = "2020-12-03T23:47:06.1263309+00:00"
    let time = try WireTime(json: .string(text))
    #expect(time.json == .string(text))
    #expect(time.moment.iso8601WithMilliseconds == "2020-12-03T23:47:06.126Z")
    let moment = Timestamp(milliseconds: 1_653_638_375_881)
    #expect(WireTime(chat: moment).text == "2022-05-27T07:59:35Z")
    #expect(WireTime(chat: moment).moment.milliseconds == 1_653_638_375_000)
    #expect(WireTime(identity: moment).text == "2022-05-27T07:59:35.881000+00:00")
  }
}
