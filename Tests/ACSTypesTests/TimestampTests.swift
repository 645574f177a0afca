import ACSTypes
import Testing

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "an RFC 3339 time is read",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1),
      ("2021-05-11T18:24:22Z", 1_620_757_462_000),
      ("2022-05-27T07:59:35.881167+00:00", 1_653_638_375_881),
      ("2020-12-03T23:47:06.1263309+00:00", 1_607_039_226_126),
      ("2020-12-23T18:35:27.28321+00:00", 1_608_748_527_283),
      ("2021-05-11T20:24:22+02:00", 1_620_757_462_000),
      ("2021-05-11T12:54:22-05:30", 1_620_757_462_000),
      ("2000-02-29T00:00:00z", 951_782_400_000), ("2024-02-29 12:00:00Z", 1_709_208_000_000),
      ("1969-12-31T23:59:59.999Z", -1), ("1900-03-01T00:00:00Z", -2_203_891_200_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("2021-05-11T18:24:22.5Z", 1_620_757_462_500),
      ("9999-12-31T23:59:59.999999999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func read(text: String, milliseconds: Int64) {
    #expect(Timestamp(iso8601: text)?.milliseconds == milliseconds)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "2021-05-11", "2021-05-11T18:24:22", "2021-05-11T18:24Z", "2021-13-11T18:24:22Z",
      "2021-00-11T18:24:22Z", "2021-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
      "2021-04-31T00:00:00Z", "2021-05-00T00:00:00Z", "2021-05-11T24:00:00Z",
      "2021-05-11T18:60:22Z", "2021-05-11T18:24:61Z", "2021-05-11T18:24:22.Z",
      "2021-05-11T18:24:22.1234567890Z", "2021-05-11T18:24:22+0200", "2021-05-11T18:24:22+24:00",
      " 2021-05-11T18:24:22Z", "2021-05-11T18:24:22Z ", "2021-05-11T18:24:22ZZ",
      "+021-05-11T18:24:22Z", "２021-05-11T18:24:22Z", "0", "now",
    ])
  func refused(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test("each form is written as its service writes it")
  func written() {
    let moment = Timestamp(milliseconds: 1_795_228_197_123)
    #expect(moment.iso8601 == "2026-11-21T02:29:57Z")
    #expect(moment.iso8601WithMilliseconds == "2026-11-21T02:29:57.123Z")
    #expect(moment.iso8601WithOffset == "2026-11-21T02:29:57.123000+00:00")
    #expect(moment.httpDate == "Sat, 21 Nov 2026 02:29:57 GMT")
    #expect(Timestamp(milliseconds: -1).iso8601WithMilliseconds == "1969-12-31T23:59:59.999Z")
    #expect(Timestamp(milliseconds: -1).seconds == -1)
  }

  @Test(
    "an HTTP date is read",
    arguments: [
      ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sat, 21 Nov 2026 02:29:57 GMT", 1_795_228_197),
      ("Thu, 26 May 2022 07:59:35 GMT", 1_653_551_975),
      ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
    ] as [(String, Int64)])
  func readHTTPDate(text: String, seconds: Int64) {
    #expect(Timestamp(httpDate: text)?.seconds == seconds)
    #expect(Timestamp(seconds: seconds).httpDate == text)
  }

  @Test(
    "what is no HTTP date is refused",
    arguments: [
      "", "Sat, 21 Nov 2026 02:29:57", "Sat, 21 Nov 2026 02:29:57 CET", "21 Nov 2026 02:29:57 GMT",
      "Sat, 31 Nov 2026 02:29:57 GMT", "Sat, 21 nov 2026 02:29:57 GMT",
      "Saturday, 21-Nov-26 02:29:57 GMT", "Sat Nov 21 02:29:57 2026", "Sat, 21 Nov 26 02:29:57 GMT",
      "Sat, -1 Nov 2026 02:29:57 GMT", "Sat, 21 Nov 2026 2:29:57 GMT",
    ])
  func refusedHTTPDate(text: String) {
    #expect(Timestamp(httpDate: text) == nil)
  }

  @Test("every day of 400 years comes back")
  func everyDay() {
    for day in stride(from: Int64(-60_000), to: 90_000, by: 1) {
      let moment = Timestamp(seconds: day * 86_400 + 86_399)
      #expect(Timestamp(iso8601: moment.iso8601) == moment)
    }
  }

  @Test("the ends of the range do not trap", arguments: [Int64.min, .min + 1, .max])
  func ends(milliseconds: Int64) {
    let moment = Timestamp(milliseconds: milliseconds)
    #expect(moment.seconds == (milliseconds < 0 ? -9_223_372_036_854_776 : 9_223_372_036_854_775))
    #expect(moment.iso8601.hasSuffix("Z"))
    #expect(moment + .seconds(1) != moment)
  }

  @Test("moments and durations are added")
  func arithmetic() {
    let moment = Timestamp(milliseconds: 1500)
    #expect(moment + .milliseconds(250) == Timestamp(milliseconds: 1750))
    #expect(moment - .seconds(2) == Timestamp(milliseconds: -500))
    #expect(Timestamp(seconds: 3) - moment == .milliseconds(1500))
    #expect(moment < moment + .milliseconds(1))
    #expect(Duration.microseconds(1999).wholeMilliseconds == 1)
  }
}
