import ArgumentTable

/// `confab completions`: what a shell reads to complete the command line.
///
/// The scripts ask the program itself at each Tab (`--complete`), so they know whatever it knows.
enum CompletionsCommand {
  static let table = CommandTable(
    "completions", summary: "what a shell needs to complete confab's commands",
    about: [
      "It prints a script that asks confab at each Tab. `make install` puts it where the shells look for it."
    ],
    operands: [.init("bash|zsh|fish", "The shell")],
    examples: [
      .init("source <(confab completions bash)", "In this bash; in ~/.bashrc for every one"),
      .init("confab completions zsh > ~/.zfunc/_confab", "For zsh, in a folder of its fpath"),
      .init(
        "confab completions fish > ~/.config/fish/completions/confab.fish", "For fish, for good"),
    ])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    switch arguments.operand(0) {
    case "bash": return Program.say(bash)
    case "zsh": return Program.say(zsh)
    case "fish": return Program.say(fish)
    case let shell:
      let error = UsageError(
        "there are completions for 'bash', 'zsh' and 'fish', not for '\(shell ?? "")'",
        command: "confab completions")
      return Program.fail(error.description, .usage)
    }
  }

  private static let bash = #"""
    # Completes confab's commands in bash.
    _confab() {
      local word help
      COMPREPLY=()
      while IFS=$'\t' read -r word help; do
        if [[ $word == : ]]; then
          compopt -o default 2>/dev/null
        elif [[ -n $word ]]; then
          COMPREPLY+=("$word")
        fi
      done < <("${COMP_WORDS[0]}" --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    }
    complete -F _confab confab
    """#

  private static let zsh = #"""
    #compdef confab
    # Completes confab's commands in zsh.
    _confab() {
      local word help files=
      local -a found
      while IFS=$'\t' read -r word help; do
        if [[ $word == : ]]; then
          files=1
        elif [[ -n $word ]]; then
          found+=("${word//:/\\:}${help:+:$help}")
        fi
      done < <("${words[1]}" --complete "${(@)words[2,CURRENT]}" 2>/dev/null)
      (( $#found )) && _describe confab found
      [[ -n $files ]] && _files
    }
    if [[ $funcstack[1] == _confab ]]; then
      _confab "$@"
    else
      compdef _confab confab
    fi
    """#

  private static let fish = #"""
    # Completes confab's commands in fish.
    function __confab_complete
        set -l words (commandline -opc)
        set -l word (commandline -ct)
        for line in ($words[1] --complete $words[2..] "$word" 2>/dev/null)
            if test "$line" = ":"
                __fish_complete_path "$word"
            else if test -n "$line"
                echo "$line"
            end
        end
    end
    complete -c confab -f -a '(__confab_complete)'
    """#
}
