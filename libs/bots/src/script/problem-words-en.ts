/** What every problem says to whoever writes scripts, in English. `{name}` takes the problem's value of that name. */
export const englishProblems = {
  too_large: 'The script is longer than {max} characters. Divide it: one script can call another.',
  nothing_written: 'Nothing is written here yet.',
  too_deep: 'Things stand inside one another too deep; somewhere a bracket or an indentation is wrong.',
  duplicate_key: 'This name stands twice in the same place. Rename or remove one of them.',
  tab_indent: 'This line is indented with a tab. Use spaces.',
  bad_indent: 'This line is not indented like its neighbours. Put it under the line that it belongs to.',
  several_documents: 'Only one script can stand in a file. Remove the line “---” and what follows it.',
  colon_in_text: 'A text with a colon and a space in it must stand in quotes: "like: this".',
  syntax:
    'This cannot be read as YAML or JSON: look for a missing quote, colon or bracket here or just above ({detail}).',
  alias: 'Shortcuts with & and * cannot be used. Write it out.',
  tag: 'Marks with ! cannot be used. Remove the mark; if the text begins with !, put it in quotes.',
  reserved_name: '“{found}” cannot be used as a name. Choose another.',
  unknown_key: '“{key}” means nothing here. Remove it, or look for another spelling.',
  unknown_key_like: '“{key}” means nothing here. Did you mean “{meant}”?',
  missing: '“{key}” is missing. Add it.',
  missing_next: '“next” is missing: write the name of the node where it goes on.',
  missing_onError:
    '“onError” is missing: write where it goes on when this fails. It must not leave the customer without an answer.',
  missing_onUnavailable:
    '“onUnavailable” is missing: write where it goes on when nobody can take the customer, for example to a callback.',
  missing_otherwise: '“otherwise” is missing: write where it goes on when none of the cases fits.',
  missing_fallback:
    '“fallback” is missing: write the node to which everything goes that went wrong, best one that leads to a person.',
  missing_one_of: '“{key}” is missing. It is one of: {allowed}.',
  needs_quotes: 'Put it in quotes: {key}: "{found}".',
  wrong_kind: '“{key}” must be {expected}, but here is: {found}',
  not_one_of: '“{found}” does not fit “{key}”. It is one of: {allowed}.',
  missing_do: '“do” is missing: what should this node do? One of: {allowed}.',
  unknown_do: 'A node cannot do “{found}”. It does one of: {allowed}.',
  bad_name: '“{found}” is no good name. Use small Latin letters, digits and _, beginning with a letter.',
  empty_text: 'The text is empty. Write something, or remove the line.',
  too_long: 'This has more than {max} characters. Shorten it.',
  too_many: 'There are more than {max} here. Take some out, or move them to another script.',
  too_many_options: 'A question has at most {max} options. Group them, and ask again below.',
  too_few: 'At least {min} is needed here.',
  number_too_large: 'The number is at most {max}.',
  number_too_small: 'The number is at least {min}.',
  wrong_value: '“{found}” does not fit “{key}”.',
  bad_duration: '“{found}” is no length of time. Write 6s, 30m, 2h or 1d.',
  bad_asset: '“{found}” is no name of a file. Write it like prompts/menu.fa.wav.',
  bad_variable: '“{found}” is no variable. Write its name, or its name and what is in it: customer.tier.',
  bad_key: 'A key on the phone is one of 0 to 9, * and #.',
  bad_bound: '“{found}” is no bound. Write a number, a day like 2026-03-21, or today.',
  bad_currency: '“{found}” is no currency. Write IRT for tomans, IRR for rials, or a code like EUR.',
  missing_target: 'It leads to “{target}”, but there is no node of that name. Write that node, or lead elsewhere.',
  endless_loop:
    'The script goes round without ever waiting for the customer: {way}. Put a question in between, or lead elsewhere.',
  dead_end:
    'From here nobody ever comes to an end or to a person. Add a way to a node that says “do: end” or “do: handoff”.',
  unreachable: 'No way leads here. Lead to it, or remove it.',
  default_locale: 'The default language is not among the languages of the script. Add it to “locales”.',
  listed_twice: 'Something stands twice in “{key}”. Remove one of them.',
  missing_locale: 'The {language} {what} is missing. Write it.',
  spare_locale:
    'This {what} is {language}, but the script does not speak {language}. Add the language to “locales”, or remove the text.',
  missing_audio:
    'The Persian recording is missing: on the phone nothing can read Persian aloud. Add audio with fa: and the name of the file.',
  missing_key: 'A key is missing: on the phone an option is chosen by its key. Add dtmf: "1".',
  long_menu: 'On the phone nobody remembers more than {max} options. Group them.',
  long_pause: 'On the phone a pause is at most {max} seconds; longer, and callers think that the line is dead.',
  duplicate_option: 'Two options are named “{value}”. Rename one.',
  duplicate_press: 'Two options have the key {value}. Give each its own.',
  ambiguous_words:
    '“{word}” means “{option}” as well as “{other}”. An answer must mean one option only: take it away from one of them.',
  long_label: 'This label has more than {max} characters and will not fit on a button everywhere. Shorten it.',
  key_and_place:
    'On the phone this is key {key}, but in a written menu it stands under {place}, and {key} is another option there. Give every option the key of its place.',
  unknown_connector: 'There is no connector “{name}”. Ask an administrator to set it up, or choose another.',
  unknown_queue: 'There is no queue “{name}”. Choose one that there is.',
  unknown_calendar: 'There are no service hours “{name}”. Choose some that there are.',
  unknown_skill: 'There is no skill “{name}”. Choose one that there is.',
  unknown_asset: 'There is no recording “{name}”. Upload it, or correct the name.',
  unknown_media: 'There is no picture or file “{name}”. Upload it, or correct the name.',
  unknown_script: 'There is no published script “{name}”. Publish it first, or correct the name.',
  unknown_tag: 'There is no tag “{name}” yet. It will be made; check the spelling.',
  lookup_without_ref: 'It is not said where to look. Add ref: and the name of a connector.',
  template_tag: '“{named}” cannot be used. For a choice between wordings write {x, select, a {…} other {…}}.',
  template_filter: 'There is no filter “{named}”. There are: {filters}.',
  template_braces: 'A brace is missing, or one too many. A variable stands in two on each side: {{ name }}.',
  template_plural: 'The choice between wordings is not complete: its last part must be other {…}.',
  template_kind: 'Days and hours are written with a filter: {{ {named} | jalali }}.',
  template: 'The text cannot be read: {named}',
  unknown_variable: 'There is no variable “{name}”. Correct the name, or let a node before this one set it.',
  sensitive_in_text:
    '“{name}” is a secret of the customer and would be shown here. Remove it, or show its end only: {{ {name} | mask }}.',
  ambient_name: '“{name}” is a name of Peyk’s own. Choose another for your variable.',
  used_before_set:
    'On some ways here “{name}” is not known yet and will be empty. Write {{ {name} | default: "…" }}, or ask for it first.',
  bad_pattern: 'The pattern “{pattern}” cannot be used: it is not complete, or looks back or ahead.',
  bound_date: 'For a day, “{key}” is a day like "2026-03-21", or today.',
  bound_number: 'Here “{key}” is a number.',
  bounds_swapped: 'The least value ({min}) is larger than the greatest ({max}).',
  unknown_intent: 'There is no intent “{intent}”. Write it under “intents”, or correct the name.',
  duplicate_intent: 'The intent “{intent}” stands here twice. Remove one.',
  wordless_intent:
    'The intent “{intent}” has no {language} examples or keywords: nobody will be understood in that language.',
  global_without_next: 'The intent “{intent}” is understood everywhere but leads nowhere. Add next:.',
  condition_too_large: 'The condition is too large. Divide it over several cases.',
  condition_exists: 'With “exists” the value is true or false, or left out.',
  condition_list: 'With “in” the value is a list: [gold, silver].',
  condition_duration: 'With “older_than” the value is a length of time: 2h, 30d.',
  condition_value: 'With “{op}” one value is needed to compare “{name}” with.',
  lonely_fallback: 'No person hears of customers who end up here. Lead to a hand-off, a callback or a ticket.',
  hard_by_phone:
    'On the phone “{found}” can neither be typed nor spelled. Ask for digits, or lead callers another way.',
  half_wait: '“maxWait” and “onTimeout” belong together: how long to wait, and where to go after that. Write both.',
  all_conditional:
    'Every option has a condition. Where none of them holds nobody can answer; leave one without a condition.',
  csat_not_asked:
    'Nobody is asked: no survey of customers’ satisfaction is switched on. Switch one on under Settings → Surveys.',
  csat_not_by_phone:
    'Callers are not asked: no survey of customers’ satisfaction asks at the end of a call. Switch one on under Settings → Surveys.',
  media_unseen:
    'On the phone, and by SMS where the number sends no pictures, customers get the text alone. Write it so that it can stand alone.',
  long_caption:
    'On Telegram the text beside a picture has at most {max} characters. Shorten it, or say it in a node of its own.',
  sms_parts:
    'As an SMS this costs {parts} parts ({units} characters in {language}); more than {max} is a lot. Add a shorter wording under “short”.',
  sms_turn:
    'From here up to {parts} SMS parts in {language} are sent before the customer can answer. Say less, or shorter.',
};

export type ProblemCode = keyof typeof englishProblems;
