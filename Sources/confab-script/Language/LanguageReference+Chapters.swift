import ScriptKit

/// What people wrote for the reference. Each text begins with its heading and ends without a line feed.
extension LanguageReference {
  static let beginning = #"""
    <!-- Made by scripts/generate-scripting from the tables of Sources/ScriptKit; changes here are lost. -->

    # Scripts

    A script says what people do at their clients, what goes wrong meanwhile, and what they see then. `confab script run`
    plays it with the client as it is, the emulator and the trusted service, all in one process, in memory and on virtual
    time: nobody waits, and the same script does the same every time, on every machine.

    ```
    needs confab 1
    users Alice, Bob
    thread "Release room" with Alice, Bob

    scene "what is written offline goes out once" tagged outbox
      as Alice
        open "Release room"
      fault network is down to Alice
      as Alice
        send "On my way"
        expect message "On my way" is queued
      clear faults
      advance 1m
      as Bob
        expect message "On my way" from Alice, once
    ```

        confab script check offline.confab     # every error with file, line and column; plays nothing
        confab script run offline.confab       # plays every scene
        confab script run --weather 20 offline.confab    # and each of them under 20 schedules of faults

    [The tutorial](scripting-tutorial.md) begins at the beginning; `Tests/Scripts` has scripts to copy from. This is the
    reference. The rules that hold everywhere:

    1. **A script is checked as a whole before anything runs.** Each error names file, line and column, and what was
       probably meant. With one error nothing is played, and the exit code is 64.
    2. **Every scene has a world of its own**, made from the headings: new people, new services, nothing of the scene before.
       Ids, and the order of what happens at one moment, come of a seed; so a scene does the same wherever it stands and
       whatever is played beside it.
    3. **Time passes by `advance` alone** (and by `within`, where something may take its time). Everything else happens at
       one moment, however much that is: requests, answers, events and what the clients do about them.
    4. **An expectation lets the world settle and looks once**, and so does each step before the next one. Settled is a world
       in which nothing can happen before time passes. So there is no sleeping and no polling, and what is not there then does
       not come without `advance`. Some things take time, as they do at the client's: it keeps within the service's limits, so
       that of more than ten messages, edits and deletions in ten seconds the others wait, tells every other second at the
       most what was read, and asks a second later what people are called whom it never met. `within 10s` gives time.
    5. **Things are named by what they are, not by where they stand**: a thread by its topic, a message by its text and
       sender, somebody by name. One is meant; when two fit, the expectation fails and lists both. Say more, or how many
       there should be.
    6. **People do with keys what people do.** `send "Hello"` goes to the composer, pastes the text and presses Enter at the client
       as it is, and says so where that is not possible: a dialog in the way is closed, a read-only thread is told.
    """#

  static let fileForm = #"""
    ## The form of a file

    A script is UTF-8 text, named `….confab`; a part that others include may be named as one likes. One line says one thing.

    - **Indentation** is made of blanks, never of tabs. What belongs to a line stands below it, farther to the right, and
      all of one block begins in the same column. How many blanks a step takes is your choice; two are usual.
    - **`#`** begins a comment, at the beginning of a line or where a word could begin.
    - **Words** stand between blanks, and are written in small letters as shown here. In the forms below, what is in
      capitals is put in: TOPIC, TEXT, NAME. `[…]` may be left out; of `a | b` one is written; `…` at a form's beginning
      stands for one of the forms above it.
    - **Texts** stand in double quotes, on one line. In them `\n` is a new line, `\t` a tab, `\"` a quote, `\\` a backslash,
      `\$` a dollar sign, `\u{1F600}` a character by its number in Unicode.
    - **Variables**: `$name` or `${name}` in a text stands for its value, and so does `$name` in the place of a text.
      `let` and `repeat` give values, which hold from there to the end of the scene, and within `repeat` to the end of its
      block; a `let` between scenes holds for those below. What has to be known before anything runs holds none: headings
      other than `let`, a `thread` with its messages, keys, the paths of faults, and names of scenes, snapshots and files.
    - **Durations** are numbers with a unit: `250ms`, `90s`, `15m`, `1h30m`, `2d`; a year at the most.
    - **Patterns**, where a form says `is like` or has a `*` in a path, take `*` for any text, none included.
    - **Pictures** are rows between two `|`, below `expect screen`; nothing in them is a comment, an escape or a variable.
    - **`as NAME`** in a scene says who does what stands below it. What stands in the scene itself, the world does.
    - **`include "FILE"`** takes in the lines of another file, which is named from the folder of the one that includes it:
      headings and whole scenes between scenes, and steps within a scene, there with the person and the variables of the
      place.
    """#

  static let headings = #"""
    What holds for every scene stands before the first one; only `let` and `include` may stand between scenes, too. A script
    needs no heading but, nearly always, `users`. `needs`, `users`, `thread`, `let` and `include` stand as often as one
    likes, each other once, in a file and what it includes together.
    """#

  static let scenes = #"""
    ## Scenes

    | form | what it does |
    | --- | --- |
    | `scene "NAME" [tagged TAG, TAG…]` | Begins a story of its own; its steps are indented below it. |
    | `as NAME` | Somebody does what is indented below it. It stands in a scene, as often as one likes. |

    When a scene begins, everybody's client runs, is signed in and has read its threads, and the topmost thread of the list
    is open. `confab script run --only` chooses scenes by name or tag. The tag `\#(WeatherSetting.exemption)` keeps a scene out of faults
    ([Under faults](#under-faults)); no other has a meaning of its own.
    """#

  static let verbs = #"""
    What a line of a scene begins with. A verb that cannot be done fails the scene, with the reason.
    """#

  static let expectations = #"""
    ## Expectations

        expect SUBJECT … [, COUNT] [within DURATION]
        expect no SUBJECT …

    An expectation stands below `as NAME`, and looks at that person's client. It lets the world settle and looks once.

    | count | what must hold |
    | --- | --- |
    | none | Of what stands somewhere: exactly one fits. Of what happened: it happened at least once. |
    | `once`, `twice`, `N times` | So many fit. |
    | `at least once`, `at least N times` | So many fit, or more. |
    | `never`, `0 times`; `expect no …` | None fits. |

    `within 5s` gives it time: on virtual time the clock goes on until it holds, 5 seconds at the most. Without it no time
    passes. To make sure that something does not come, let time pass first: `advance 10s`, then `expect no …`.

    Where a form has TEST, one of these is said of a text, in which upper and lower case differ: `is "TEXT"`,
    `is not "TEXT"`, `has "TEXT"`, `has no "TEXT"`, `is like "TE*XT"`, `is empty`, `is not empty`.

    A failure prints the line, why it is none, what is nearest to it, the screen, the state around what was looked at, what
    happened at the client last, and the command that plays just this scene.
    """#

  static let stateText = #"""
    ## State

    `expect state PATH …` and `let NAME = state PATH` take what a client knows. A path is made of names with points between,
    and of `[KEY]` where there are several: `interface.focus`, `composer.characters`, `threads.slots[0].isPinned`. It is the
    same path that `confab replay FILE --state` takes, and that a failure prints. The form of the state is the client's own
    affair and changes with it; these paths stay, and most scripts need no others:
    """#

  static let snapshotText = #"""
    ## Snapshots

    `snapshot "NAME"` holds the whole screen, with its colours, cursor and title, against a file that lies beside the
    script: `chat.confab` keeps the snapshot `sent` of the scene `first words` in
    `chat.snapshots/first-words.sent.screen`, and beside it an `.svg`, a picture for code reviews that no test looks at.

    A snapshot that is missing or that differs fails, and shows the rows that differ. `confab script run --update` writes it
    instead, and says so; look at it before you keep it. Where the environment has `CI`, `--update` is refused. Nothing else
    ever writes a snapshot.

    What is no part of the test is left out with `except`, and stands in the file as `░`:
    """#

  static func weatherText(kept: String, dropped: String) -> String {
    #"""
    Services for `--against` are those that README's "Running the pieces yourself" starts:
    `confab script run --against http://127.0.0.1:7760 chat.confab`.

    ## Under faults

    `confab script run --weather 20` plays each scene as always, and then under 20 schedules of faults, each made from a
    seed: networks that delay, double, lose and refuse requests or are gone for a while, sockets that break, events that
    come late, twice, in another order or not at all, tokens that expire. The script stays as it is; what it demands is
    weaker:

    - Every step waits for what it needs, as a person would, and asks again for what was refused: up to a minute. What did not come about by then comes about
      once the faults are over, which they then are for good; after 15 more minutes it fails.
    - What is expected on the way may fail to come. It is waited for, and that is all.
    - **What the scene expects in the end must come true**, once the faults are over and all that waited is done: every
      expectation behind the last step that does something. So a scene is good under faults when it ends with what matters,
      such as who has which message, how many times.
    - Then and on the way, only what comes out is looked at: \#(kept). How the screen looks for a moment and what goes over
      the line is not: \#(dropped), and snapshots.
    - Faults of the script itself (`fault`) stay what they are.

    A scene for which that makes no sense, because faults are what it is about, is tagged `\#(WeatherSetting.exemption)` and played without.

    A failure says under which seed it came, and the fewest faults of the schedule that still bring it about, found by
    playing the scene again without some; or that none is needed, because what the scene demands does not last. Its last line is the command that plays just these:
    `--weather 1 --weather-seed 7 --weather-only 3,17`.
    """#
  }

  static let stages = #"""
    ## Stages

    | stage | clients | services | time |
    | --- | --- | --- | --- |
    | in memory | in this process | emulator and trusted service in this process | virtual: only `advance` and `within` move it |
    | `--pty` | the built `confab`, each in a pseudo-terminal | `confab emulator` and `confab serve`, started for each scene | the computer's |
    | `--against URL` | in this process | those that run: the token service at URL, and Chat where it says, or `--endpoint` | the computer's |

    In real time `advance` waits, 5 minutes at the most at once; to settle is to wait until nothing was asked or shown for a moment;
    and what is expected has 15 seconds to come about, without `within`, too. A terminal's screen is what the program wrote to it, and
    emoji that are joined of several stand there as the first of them (`composer`, `message` and `state` have them whole); the
    state is what its recording gives. Against running services each scene has people of its own, whose names there end in a
    number, and the threads stay there; servers are not killed and `fault emulator` is refused, all other faults are those of the clients' networks.
    `seed`, `clock` and `pages` hold in memory alone.
    """#

  static let commandText = #"""
    ## Commands

    | exit code | when |
    | --- | --- |
    | 0 | Every scene passed, or every script is right. |
    | 1 | Some scene failed. |
    | 64 | A script has errors, so that nothing was played; or the command line has. |
    | 69 | Services that `--against` names do not answer. |
    | 70 | A file, or what is printed, could not be written. |

    Where several FILEs are given, or a folder, each `….confab` in it is a script. `--jobs` plays scenes at the same time;
    what is printed comes in the order of the scripts all the same.
    """#

  static let swift = #"""
    ## In Swift tests

    The language is a library product, `ScriptKit`. `ScriptParser.parse` checks a script, and a `ScriptPlayer` plays its
    scenes, each in a world of its own that is gone afterwards:

    ```swift
    import FoundationEssentials
    import ScriptKit
    import Testing

    @Test("chat.confab")
    func chat() throws {
      let read = { @Sendable (path: String) in
        (try? Data(contentsOf: URL(filePath: path))).map(Array.init)
      }
      let path = "Scripts/chat.confab"
      let bytes = try #require(read(path), "\(path) cannot be read")
      let script = try ScriptParser.parse(bytes, path: path, reader: read)
      let player = ScriptPlayer(options: SceneOptions(read: read))
      for scene in script.scenes {
        guard let failure = player.play(scene, of: script).failure else { continue }
        let place = failure.place
        Issue.record(
          "\(failure.report)",
          sourceLocation: SourceLocation(
            fileID: "Scripts/\(place.file)", filePath: place.file, line: place.line,
            column: max(1, place.column)))
      }
    }
    ```

    With XCTest it is the same, and ends with `XCTFail(failure.report)`.

    `player.play(scene, of: script, under: WeatherSetting(seeds: 1...20))` plays it under faults, too. `SceneOptions` says
    how files are read and written: without a `write` nothing is. With one, and with `options.updatesSnapshots = true`,
    snapshots are written instead of compared. A scene is played on the calling thread, which must be its alone; scenes on
    several threads do not know of each other.

    `result.trace` has what happened, line by line and the same lines every time, where stage and player keep it:

    ```swift
    var player = ScriptPlayer(
      options: SceneOptions(read: read),
      stage: { (script, scene) throws(StageError) in
        try WorldStage(script.setting, keepsTrace: true, keepsFiles: scene.killsServers)
      })
    player.keepsTrace = true
    player.trace = { ($0 as? WorldStage)?.world.trace.lines ?? [] }
    ```
    """#

  static let editors = #"""
    ## Editors

    `editors/vim` is a folder for Vim's and Neovim's `runtimepath`: copy what is in it to `~/.vim` or `~/.config/nvim`.
    `editors/textmate/confab.tmLanguage.json` is for editors that take TextMate's grammars. `confab script check --json` prints
    errors as one JSON value a line, and `confab script language --as json` all tables of this reference, for whoever
    writes more. All of these are made from the tables by which the check works.
    """#
}
