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
syntax match confabWord /\<\%(a\|above\|add\|after\|an\|answer\|answered\|answers\|are\|at\|away\|back\|below\|by\|confab\|delete\|deleted\|deleting\|down\|duplicates\|edit\|edited\|edits\|empty\|event\|except\|exists\|failed\|falls\|for\|from\|has\|have\|here\|in\|is\|least\|left\|like\|live\|loses\|message\|name\|never\|no\|not\|of\|off\|old\|on\|once\|open\|pinned\|queued\|quiet\|read\|remove\|rename\|repeats\|requests\|resets\|selected\|send\|sending\|sent\|silent\|slow\|state\|tagged\|thread\|times\|to\|twice\|unread\|up\|with\|within\|without\)\%([ ,]\|$\)\@=/
syntax match confabName /\<\%(DELETE\|GET\|PATCH\|POST\|PUT\|altered-duplicate\|banner\|chat\|clock\|clock-skew\|composer\|cp-body\|cut\|disconnect\|drop\|duplicate\|early-event\|emulator\|events\|expire-registrations\|fine-times\|gap\|gp-body\|gzip-body\|header\|hints\|ids\|late\|latency\|lose\|messages\|network\|nil\|null-share-history-time\|refuse-registration\|reorder\|reset\|revoke-tokens\|stall\|stall-sockets\|status\|stop-heartbeats\|threads\|title\|token-service\|truncate\|typing\|unknown-event\)\%([ ,]\|$\)\@=/
syntax match confabEvent /\<\%(add\.done\|add\.failed\|bell\.rang\|call\.signalled\|client\.left\|client\.started\|command\.done\|command\.failed\|create\.done\|create\.failed\|delete\.done\|delete\.failed\|edit\.done\|edit\.failed\|events\.connected\|events\.ended\|events\.lost\|find\.done\|find\.failed\|focus\.gained\|focus\.lost\|gateway\.done\|gateway\.failed\|history\.failed\|history\.read\|key\.pressed\|load\.done\|load\.failed\|message\.deleted\|message\.done\|message\.edited\|message\.failed\|message\.received\|messages\.done\|messages\.failed\|mouse\.used\|names\.done\|names\.failed\|open\.done\|open\.failed\|participants\.done\|participants\.failed\|people\.added\|people\.done\|people\.failed\|people\.removed\|receipt\.done\|receipt\.failed\|receipt\.received\|receipts\.done\|receipts\.failed\|recording\.ended\|remove\.done\|remove\.failed\|save\.done\|save\.failed\|search\.done\|search\.failed\|send\.done\|send\.failed\|sign-in\.prompted\|terminal\.resized\|text\.pasted\|thread\.created\|thread\.deleted\|thread\.done\|thread\.failed\|thread\.renamed\|threads\.done\|threads\.failed\|token\.failed\|token\.issued\|token\.renewed\|topic\.done\|topic\.failed\|typing\.done\|typing\.failed\|typing\.received\)\%([ ,]\|$\)\@=/

syntax match confabNumber /\%(^\|[ ,]\)\@1<=-\?\d\+\>/
syntax match confabNumber /\<\d\+x\d\+\>/
syntax match confabNumber /\<\%(\d\+\%(ms\|[dhms]\)\)\+\>/
syntax match confabNumber /\<\d\{4}-\d\d-\d\dT[0-9:.]\+Z\?/

syntax match confabHeading /^\%(needs\|screen\|users\|thread\|seed\|clock\|tokens\|pages\|realtime\|let\|include\|scene\)\%(\s\|$\)\@=/
syntax match confabVerb /^\s\+\zs\%(add\|advance\|clear\s\+faults\|click\|create\|delete\|edit\|elsewhere\|fault\|kill\|leave\|let\|look\|open\|paste\|pin\|press\|quieten\|read\|remove\|rename\|repeat\|resize\|restart\|scroll\|search\|send\|sleep\|snapshot\|start\|thread\|type\|wake\|include\)\%(\s\|$\)\@=/
syntax match confabVerb /^\s\+\zspress\%(\s\|$\)\@=/ nextgroup=confabKey skipwhite
syntax match confabKey /[^ \t,"#]\S*/ contained nextgroup=confabKey,confabTimes skipwhite
syntax match confabTimes /\d\+\s\+times\>/ contained
syntax match confabMessage /^\s\+\zsmessage\%(\s\)\@=/
syntax match confabExpect /^\s\+\zsexpect\%(\s\|$\)\@=/ nextgroup=confabNo,confabSubject skipwhite
syntax match confabNo /\<no\>/ contained nextgroup=confabSubject skipwhite
syntax match confabSubject /\<\%(composer\|status\|message\|messages\|thread\|people\|screen\|line\|title\|state\|event\|request\|notification\)\%([ ,]\|$\)\@=/ contained
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
