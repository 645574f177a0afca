/// The grammar by which Vim colours scripts.
struct VimGrammar {
  let text: String

  init() {
    let words = LanguageWords()
    let headings = VimGrammar.choice(words.headings)
    let verbs = VimGrammar.choice(words.verbs)
    text = #"""
      " Vim syntax file
      " Language: Confab script
      " Made by scripts/generate-scripting; changes here are lost.

      if exists('b:current_syntax')
        finish
      endif

      syntax case match
      syntax spell toplevel
      syntax iskeyword @,48-57,_,-,.

      " Of what fits at one place the later line wins.
      syntax match confabWord /\<\%(\#(VimGrammar.choice(words.small))\)\%([ ,]\|$\)\@=/
      syntax match confabName /\<\%(\#(VimGrammar.choice(words.names))\)\%([ ,]\|$\)\@=/
      syntax match confabEvent /\<\%(\#(VimGrammar.choice(words.events))\)\%([ ,]\|$\)\@=/

      syntax match confabNumber /\%(^\|[ ,]\)\@1<=-\?\d\+\>/
      syntax match confabNumber /\<\d\+x\d\+\>/
      syntax match confabNumber /\<\%(\d\+\%(ms\|[dhms]\)\)\+\>/
      syntax match confabNumber /\<\d\{4}-\d\d-\d\dT[0-9:.]\+Z\?/

      syntax match confabHeading /^\%(\#(headings)\)\%(\s\|$\)\@=/
      syntax match confabVerb /^\s\+\zs\%(\#(verbs)\)\%(\s\|$\)\@=/
      syntax match confabVerb /^\s\+\zspress\%(\s\|$\)\@=/ nextgroup=confabKey skipwhite
      syntax match confabKey /[^ \t,"#]\S*/ contained nextgroup=confabKey,confabTimes skipwhite
      syntax match confabTimes /\d\+\s\+times\>/ contained
      syntax match confabMessage /^\s\+\zsmessage\%(\s\)\@=/
      syntax match confabExpect /^\s\+\zsexpect\%(\s\|$\)\@=/ nextgroup=confabNo,confabSubject skipwhite
      syntax match confabNo /\<no\>/ contained nextgroup=confabSubject skipwhite
      syntax match confabSubject /\<\%(\#(VimGrammar.choice(words.subjects))\)\%([ ,]\|$\)\@=/ contained
      syntax match confabAs /^\s\+\zsas\s\@=/ nextgroup=confabPerson skipwhite
      syntax match confabPerson /[^ \t,"]\+/ contained

      syntax match confabVariable /\$\%([[:alpha:]_][[:alnum:]_]*\|{[[:alpha:]_][[:alnum:]_]*}\)/
      syntax region confabText start=/"/ skip=/\\./ end=/"/ oneline contains=confabVariable,confabBadEscape,confabEscape,@Spell
      syntax match confabBadEscape /\\./ contained
      syntax match confabEscape /\\[nt"\\$]\|\\u{\x\{1,8}}/ contained
      syntax match confabPicture /^\s*|.*|\s*$/
      syntax match confabComment /\%(^\|[ \t,"]\)\@1<=#.*$/ contains=@Spell

      highlight default link confabWord Keyword
      highlight default link confabName Constant
      highlight default link confabEvent Constant
      highlight default link confabNumber Number
      highlight default link confabHeading PreProc
      highlight default link confabVerb Function
      highlight default link confabMessage PreProc
      highlight default link confabExpect Statement
      highlight default link confabNo Statement
      highlight default link confabTimes Keyword
      highlight default link confabSubject Type
      highlight default link confabAs Statement
      highlight default link confabPerson Identifier
      highlight default link confabKey Special
      highlight default link confabVariable Identifier
      highlight default link confabText String
      highlight default link confabEscape SpecialChar
      highlight default link confabBadEscape Error
      highlight default link confabPicture String
      highlight default link confabComment Comment

      let b:current_syntax = 'confab'

      """#
  }

  /// Some words as a pattern that takes one of them; of two words between which only a blank stands both count.
  private static func choice(_ words: [String]) -> String {
    words.map { $0.replacing(".", with: "\\.").replacing(" ", with: "\\s\\+") }
      .joined(separator: "\\|")
  }
}
