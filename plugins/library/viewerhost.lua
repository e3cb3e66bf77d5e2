---@meta
-- What editors know of plugins and their tests. `host plugin annotations` prints this file, from the catalogue of events.

---@alias EventType
---| "account.opened" # An account was opened.
---| "account.updated" # An account, a profile, a plan or a payment changed.
---| "rating.given" # A title was rated.
---| "review.written" # A review or an answer in free text was written.
---| "tag.given" # A title was tagged by a viewer.
---| "list.added" # A title was put on the viewer's list.
---| "device.seen" # A device was used or registered.
---| "session.started" # The service was opened, signed in to or streamed from.
---| "search.made" # Something was searched for.
---| "support.contacted" # The viewer spoke or wrote to customer service.
---| "page.visited" # A page of the service was opened.
---| "beacon.fired" # A web beacon reported a page or a mail that was opened.
---| "message.sent" # The service sent the viewer a message.
---| "game.played" # A game was played.
---| "choice.made" # A way was chosen in an interactive title.
---| "playback.started" # A title began to play.
---| "playback.progressed" # A title was played, paused or searched through.
---| "playback.stopped" # A title stopped playing.
---| "promotion.played" # A trailer, teaser or preview played; no viewing.
---| "supplement.demographic" # Demographic data from another party.
---| "supplement.interest" # Interests from another party.
---| "supplement.browsing" # Browsing behaviour from another party.
---| "title.added" # A title came into the catalogue.
---| "title.updated" # What is known of a title changed.
---| "recommendation.shown" # A recommendation was shown.
---| "recommendation.chosen" # A recommendation was followed.
---| "ad.shown" # An advertisement was shown.
---| "ad.clicked" # An advertisement was followed.
---| "consent.changed" # A purpose was allowed or forbidden.
---| "access.requested" # The viewer asked what is known about them.
---| "erasure.requested" # The viewer asked to be forgotten.
---| "viewer.merged" # Two subjects were found to be one viewer.
---| "viewer.split" # A subject that was taken into this one is another viewer after all.
---| string

---A CloudEvents 1.0 event.
---@class Event
---@field specversion "1.0"
---@field id string
---@field source string
---@field type EventType
---@field subject? string The viewer: `user.unique_id`.
---@field time? string RFC 3339.
---@field data? EventData

---The fields of all types.
---@class EventData
---@field account? string|JsonNull The viewer's account there. `user.social`
---@field action? string|JsonNull What was done with the result. `user.behavior.search_history`
---@field activity? string|JsonNull `login`, `streaming` or `account creation`. `system.operations`
---@field ad_id? string|JsonNull Key of the advertisement. `system.operations`
---@field advertiser? string|JsonNull Who pays for it. `system.operations`
---@field age? number|JsonNull Age in years. `user.demographic.age_range`
---@field age_range? string|JsonNull Such as `25-34`. `user.demographic.age_range`
---@field agent? string|JsonNull Who answered. `user.content.private`
---@field amount? number|JsonNull Amount charged, in `currency`. `user.behavior.purchase_history`
---@field app_version? string|JsonNull Version of the service's software. `user.device`
---@field attributes? string|JsonNull The service's own remarks. `user.behavior.media_consumption`
---@field autoplay? boolean|JsonNull Whether the next episode plays by itself. `user.account.settings`
---@field autoplayed? boolean|JsonNull Whether it began by itself. `user.behavior.media_consumption`
---@field available_from? string|JsonNull From when it can be watched. `system.operations`
---@field available_until? string|JsonNull Until when it can be watched. `system.operations`
---@field avatar? string|JsonNull Name or address of the profile's picture. `user.account.settings`
---@field because? string|JsonNull The reason given. `user.behavior`
---@field bitrate_kbps? number|JsonNull Mean bit rate. `user.telemetry`
---@field campaign? string|JsonNull `system.operations`
---@field cancelled_at? string|JsonNull When the subscription ended. `user.account`
---@field cancelled_by_viewer? boolean|JsonNull Whether the viewer ended it. `user.account`
---@field cast? any[]|JsonNull Actors by name. `system.operations`
---@field change? string|JsonNull What changed: `profile`, `plan`, `payment`, ... `system.operations`
---@field channel? string|JsonNull `user.content.private`, `user.contact`, `user.privacy_preferences`, `system.operations`
---@field choice? string|JsonNull Segment that was chosen. `user.behavior.media_consumption`
---@field clicked_at? string|JsonNull When it was clicked. `user.behavior`
---@field clicks? number|JsonNull How often it was clicked. `user.behavior`
---@field cookie_id? string|JsonNull `user.device.cookie_id`
---@field country? string|JsonNull `user.location.imprecise`
---@field created_at? string|JsonNull When the account or the profile was made. `user.account`
---@field currency? string|JsonNull ISO 4217 code. `user.behavior.purchase_history`
---@field date_of_birth? string|JsonNull `YYYY-MM-DD`. `user.demographic.date_of_birth`
---@field deactivated_at? string|JsonNull When the device was signed out. `user.device`
---@field description? string|JsonNull `user.behavior.purchase_history`, `system.operations`
---@field device? string|JsonNull `user.device`
---@field device_id? string|JsonNull `user.device.device_id`
---@field device_localized? string|JsonNull The device in the viewer's language. `user.device`
---@field directors? any[]|JsonNull Directors by name. `system.operations`
---@field duration_seconds? number|JsonNull `user.content.private`, `system.operations`
---@field education? string|JsonNull Highest degree. `user.demographic`
---@field email? string|JsonNull `user.contact.email`
---@field episode? string|JsonNull The episode's name. `user.behavior.media_consumption`
---@field errors? number|JsonNull How many errors occurred. `user.telemetry`
---@field events? any[]|JsonNull The events behind it: `source` and `id` of each. `user.behavior`
---@field experiment? string|JsonNull Experiment that it was part of. `system.operations`
---@field family_name? string|JsonNull Last name. `user.name.last`
---@field first_chosen_play? string|JsonNull First play on the account by choice. `user.device`
---@field first_seen? string|JsonNull First use on the account. `user.device`
---@field for_kids? boolean|JsonNull Whether it is made for children. `system.operations`
---@field from? string|JsonNull The subject that is, or was, taken into the event's `subject`. `user.unique_id`
---@field game? string|JsonNull Name of the game. `user.behavior.media_consumption`
---@field gender? string|JsonNull `user.demographic.gender`
---@field genres? any[]|JsonNull Genres by name. `system.operations`
---@field given_name? string|JsonNull First name. `user.name.first`
---@field government_id? string|JsonNull National identification number, where a country asks for it. `user.government_id.national_identification_number`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`
---@field granted? boolean|JsonNull Whether it is allowed from now on. `user.privacy_preferences`
---@field has_rejoined? boolean|JsonNull Whether the account was closed before. `user.account`
---@field has_watched? boolean|JsonNull `user.behavior.media_consumption`
---@field household_size? number|JsonNull Persons in the household. `user.demographic`
---@field imdb_id? string|JsonNull Key in the Internet Movie Database. `system.operations`
---@field income_range? string|JsonNull Such as `40000-60000 EUR`. `user.demographic`
---@field interests? any[]|JsonNull Interests by name. `user.behavior`
---@field invoice_result? string|JsonNull How the invoice ended. `user.behavior.purchase_history`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field is_latest_view? boolean|JsonNull Whether no later view exists. `user.behavior.media_consumption`
---@field kind? string|JsonNull `system.operations`, `user.behavior.media_consumption`
---@field language? string|JsonNull `user.demographic.language`
---@field languages? any[]|JsonNull Languages that it can be heard in. `system.operations`
---@field last_chosen_play? string|JsonNull Last play on the account by choice. `user.device`
---@field last_seen? string|JsonNull Last use on the account. `user.device`
---@field list? string|JsonNull Name of the list. `user.behavior.media_consumption`
---@field location? string|JsonNull Place derived from the address. `user.location.imprecise`
---@field marital_status? string|JsonNull Marital status. `user.demographic.marital_status`
---@field maturity_level? string|JsonNull Highest maturity rating shown. `user.account.settings`
---@field maturity_rating? string|JsonNull Rating of the local authority. `system.operations`
---@field membership_status? string|JsonNull Whether and how the account is active. `user.account`
---@field message? string|JsonNull Name of the message. `system.operations`
---@field name? string|JsonNull `user.name`, `user.privacy_preferences`
---@field navigation_level? string|JsonNull Part of the service. `user.behavior.browsing_history`
---@field network? string|JsonNull Social network that is connected. `user.social`
---@field next_billing_date? string|JsonNull `YYYY-MM-DD`. `user.behavior.purchase_history`
---@field occupation? string|JsonNull Occupation. `user.job_title`
---@field os? string|JsonNull Operating system. `user.device`
---@field payment_method? table<string, any>|JsonNull `kind`, `number`, `last4`, `expires`, `holder`, `processor`, `added_at`. `user.payment`
---@field payment_status? string|JsonNull How the charge ended. `user.behavior.purchase_history`
---@field phone? string|JsonNull `user.contact.phone_number`
---@field placement? string|JsonNull Where it was shown. `system.operations`
---@field plan? string|JsonNull The subscription's plan. `user.account`
---@field platform? string|JsonNull Platform and its version. `user.device`
---@field playback_id? string|JsonNull Key that ties start, progress and stop. `user.unique_id.pseudonymous`
---@field position? number|JsonNull Place in the row, from 1. `system.operations`
---@field position_seconds? number|JsonNull Where in the title it stands. `user.behavior.media_consumption`
---@field postal_address? table<string, any>|JsonNull `street`, `city`, `state`, `postal_code`, `country`. `user.contact.address`
---@field postal_code? string|JsonNull Postal code. `user.contact.address.postal_code`
---@field previous_plan? string|JsonNull The plan before the change. `user.account`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field profile_first_chosen_play? string|JsonNull First play of the profile by choice. `user.device`
---@field profile_first_seen? string|JsonNull First use by the profile. `user.device`
---@field profile_last_chosen_play? string|JsonNull Last play of the profile by choice. `user.device`
---@field profile_last_seen? string|JsonNull Last use by the profile. `user.device`
---@field promotion? string|JsonNull Its kind: `TRAILER`, `HOOK`, ... `user.behavior.media_consumption`
---@field propensity? number|JsonNull How probable this title was in this place. `system.operations`
---@field provider? string|JsonNull Who supplied the data. `system.operations`
---@field purpose? string|JsonNull `personalization`, `advertising`, `quality` or `service`. `user.privacy_preferences`
---@field query? string|JsonNull What was typed. `user.behavior.search_history`
---@field rating? number|JsonNull `user.behavior.media_consumption`
---@field rebuffer_seconds? number|JsonNull How long it stalled, in all. `user.telemetry`
---@field rebuffers? number|JsonNull How often it stalled. `user.telemetry`
---@field recommender? string|JsonNull Plugin or model that made it. `system.operations`
---@field reference? string|JsonNull Key of the request. `user.unique_id`
---@field referrer? string|JsonNull The page that led to it. `user.behavior.browsing_history`
---@field region? string|JsonNull `user.location.imprecise`
---@field released? string|JsonNull Day of release, `YYYY-MM-DD`. `system.operations`
---@field resolution? string|JsonNull How it ended. `user.content.private`
---@field restricted_titles? any[]|JsonNull Titles that parental controls hide. `user.account.settings`
---@field result? string|JsonNull What was chosen from the results. `user.behavior.search_history`
---@field row? string|JsonNull Row of the page that it stood in. `system.operations`
---@field scale? string|JsonNull `stars`, `thumbs` or `interest`. `system.operations`
---@field score? number|JsonNull The recommender's score. `user.behavior`
---@field season? string|JsonNull The season's name. `user.behavior.media_consumption`
---@field seconds_played? number|JsonNull How long. `user.behavior.media_consumption`
---@field seconds_watched? number|JsonNull How long it played. `user.behavior.media_consumption`
---@field section? string|JsonNull Part of the results that it was in. `user.behavior.search_history`
---@field segment? string|JsonNull Segment that it was chosen for. `user.behavior`
---@field series? string|JsonNull The series that the episode belongs to. `user.behavior.media_consumption`, `system.operations`
---@field service_period? string|JsonNull Days that the charge covers. `user.behavior.purchase_history`
---@field session_id? string|JsonNull Key of the session. `user.unique_id.pseudonymous`
---@field setting? string|JsonNull The setting's value at the service. `user.privacy_preferences`
---@field settings? table<string, any>|JsonNull Other settings by name. `user.account.settings`
---@field signup_plan? string|JsonNull The plan that the subscription began with. `user.account`
---@field startup_ms? number|JsonNull Milliseconds from the wish to the first picture. `user.telemetry`
---@field tag? string|JsonNull The tag, in the viewer's words. `user.content.public`
---@field tax? number|JsonNull Tax within or on top of the amount. `user.behavior.purchase_history`
---@field terms_version? string|JsonNull Version of the terms of use that was accepted. `user.account`
---@field test_participation? string|JsonNull Tests of the service that it takes part in. `user.account`
---@field text? string|JsonNull `user.content.public`, `user.social`, `user.content.private`
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`, `system.operations`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`, `system.operations`
---@field tmdb_id? string|JsonNull Key in The Movie Database. `system.operations`
---@field topic? string|JsonNull `system.operations`, `user.content.private`
---@field topics? any[]|JsonNull Topics of the pages. `user.behavior.browsing_history`
---@field total? number|JsonNull Amount with tax. `user.behavior.purchase_history`
---@field traces? any[]|JsonNull Steps in order: `action`, `session_ms`, `position_ms`. `user.behavior.media_consumption`
---@field transaction_kind? string|JsonNull `SALE`, `REFUND`, ... `user.behavior.purchase_history`
---@field transcript? string|JsonNull What was said or written. `user.content.private`
---@field url? string|JsonNull `user.behavior.browsing_history`, `system.operations`
---@field user_agent? string|JsonNull The browser's or app's own description. `user.device`
---@field username? string|JsonNull Public handle, such as that for games. `user.account.username`
---@field variant? string|JsonNull Variant of the experiment that made it. `system.operations`
---@field viewed_on? string|JsonNull Day of the view, where it was. `user.behavior.media_consumption`
---@field visits? number|JsonNull How often. `user.behavior.browsing_history`
---@field year? number|JsonNull Year of release. `system.operations`
---@field [string] any

---`account.opened`: An account was opened.
---@class AccountOpenedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field name? string|JsonNull Full name. `user.name`
---@field given_name? string|JsonNull First name. `user.name.first`
---@field family_name? string|JsonNull Last name. `user.name.last`
---@field email? string|JsonNull E-mail address. `user.contact.email`
---@field phone? string|JsonNull Phone number. `user.contact.phone_number`
---@field postal_address? table<string, any>|JsonNull `street`, `city`, `state`, `postal_code`, `country`. `user.contact.address`
---@field payment_method? table<string, any>|JsonNull `kind`, `number`, `last4`, `expires`, `holder`, `processor`, `added_at`. `user.payment`
---@field date_of_birth? string|JsonNull `YYYY-MM-DD`. `user.demographic.date_of_birth`
---@field gender? string|JsonNull Gender, as told. `user.demographic.gender`
---@field language? string|JsonNull Preferred language. `user.demographic.language`
---@field country? string|JsonNull Country of the account. `user.location.imprecise`
---@field username? string|JsonNull Public handle, such as that for games. `user.account.username`
---@field government_id? string|JsonNull National identification number, where a country asks for it. `user.government_id.national_identification_number`
---@field avatar? string|JsonNull Name or address of the profile's picture. `user.account.settings`
---@field maturity_level? string|JsonNull Highest maturity rating shown. `user.account.settings`
---@field autoplay? boolean|JsonNull Whether the next episode plays by itself. `user.account.settings`
---@field restricted_titles? any[]|JsonNull Titles that parental controls hide. `user.account.settings`
---@field settings? table<string, any>|JsonNull Other settings by name. `user.account.settings`
---@field change? string|JsonNull What changed: `profile`, `plan`, `payment`, ... `system.operations`
---@field membership_status? string|JsonNull Whether and how the account is active. `user.account`
---@field created_at? string|JsonNull When the account or the profile was made. `user.account`
---@field has_rejoined? boolean|JsonNull Whether the account was closed before. `user.account`
---@field plan? string|JsonNull The subscription's plan. `user.account`
---@field signup_plan? string|JsonNull The plan that the subscription began with. `user.account`
---@field previous_plan? string|JsonNull The plan before the change. `user.account`
---@field cancelled_at? string|JsonNull When the subscription ended. `user.account`
---@field cancelled_by_viewer? boolean|JsonNull Whether the viewer ended it. `user.account`
---@field amount? number|JsonNull Amount charged, in `currency`. `user.behavior.purchase_history`
---@field tax? number|JsonNull Tax within or on top of the amount. `user.behavior.purchase_history`
---@field total? number|JsonNull Amount with tax. `user.behavior.purchase_history`
---@field currency? string|JsonNull ISO 4217 code. `user.behavior.purchase_history`
---@field description? string|JsonNull What was charged for. `user.behavior.purchase_history`
---@field service_period? string|JsonNull Days that the charge covers. `user.behavior.purchase_history`
---@field payment_status? string|JsonNull How the charge ended. `user.behavior.purchase_history`
---@field invoice_result? string|JsonNull How the invoice ended. `user.behavior.purchase_history`
---@field transaction_kind? string|JsonNull `SALE`, `REFUND`, ... `user.behavior.purchase_history`
---@field next_billing_date? string|JsonNull `YYYY-MM-DD`. `user.behavior.purchase_history`
---@field test_participation? string|JsonNull Tests of the service that it takes part in. `user.account`
---@field terms_version? string|JsonNull Version of the terms of use that was accepted. `user.account`

---`account.updated`: An account, a profile, a plan or a payment changed.
---@class AccountUpdatedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field name? string|JsonNull Full name. `user.name`
---@field given_name? string|JsonNull First name. `user.name.first`
---@field family_name? string|JsonNull Last name. `user.name.last`
---@field email? string|JsonNull E-mail address. `user.contact.email`
---@field phone? string|JsonNull Phone number. `user.contact.phone_number`
---@field postal_address? table<string, any>|JsonNull `street`, `city`, `state`, `postal_code`, `country`. `user.contact.address`
---@field payment_method? table<string, any>|JsonNull `kind`, `number`, `last4`, `expires`, `holder`, `processor`, `added_at`. `user.payment`
---@field date_of_birth? string|JsonNull `YYYY-MM-DD`. `user.demographic.date_of_birth`
---@field gender? string|JsonNull Gender, as told. `user.demographic.gender`
---@field language? string|JsonNull Preferred language. `user.demographic.language`
---@field country? string|JsonNull Country of the account. `user.location.imprecise`
---@field username? string|JsonNull Public handle, such as that for games. `user.account.username`
---@field government_id? string|JsonNull National identification number, where a country asks for it. `user.government_id.national_identification_number`
---@field avatar? string|JsonNull Name or address of the profile's picture. `user.account.settings`
---@field maturity_level? string|JsonNull Highest maturity rating shown. `user.account.settings`
---@field autoplay? boolean|JsonNull Whether the next episode plays by itself. `user.account.settings`
---@field restricted_titles? any[]|JsonNull Titles that parental controls hide. `user.account.settings`
---@field settings? table<string, any>|JsonNull Other settings by name. `user.account.settings`
---@field change? string|JsonNull What changed: `profile`, `plan`, `payment`, ... `system.operations`
---@field membership_status? string|JsonNull Whether and how the account is active. `user.account`
---@field created_at? string|JsonNull When the account or the profile was made. `user.account`
---@field has_rejoined? boolean|JsonNull Whether the account was closed before. `user.account`
---@field plan? string|JsonNull The subscription's plan. `user.account`
---@field signup_plan? string|JsonNull The plan that the subscription began with. `user.account`
---@field previous_plan? string|JsonNull The plan before the change. `user.account`
---@field cancelled_at? string|JsonNull When the subscription ended. `user.account`
---@field cancelled_by_viewer? boolean|JsonNull Whether the viewer ended it. `user.account`
---@field amount? number|JsonNull Amount charged, in `currency`. `user.behavior.purchase_history`
---@field tax? number|JsonNull Tax within or on top of the amount. `user.behavior.purchase_history`
---@field total? number|JsonNull Amount with tax. `user.behavior.purchase_history`
---@field currency? string|JsonNull ISO 4217 code. `user.behavior.purchase_history`
---@field description? string|JsonNull What was charged for. `user.behavior.purchase_history`
---@field service_period? string|JsonNull Days that the charge covers. `user.behavior.purchase_history`
---@field payment_status? string|JsonNull How the charge ended. `user.behavior.purchase_history`
---@field invoice_result? string|JsonNull How the invoice ended. `user.behavior.purchase_history`
---@field transaction_kind? string|JsonNull `SALE`, `REFUND`, ... `user.behavior.purchase_history`
---@field next_billing_date? string|JsonNull `YYYY-MM-DD`. `user.behavior.purchase_history`
---@field test_participation? string|JsonNull Tests of the service that it takes part in. `user.account`
---@field terms_version? string|JsonNull Version of the terms of use that was accepted. `user.account`

---`rating.given`: A title was rated.
---@class RatingGivenData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field rating? number|JsonNull The value given, on the scale's steps. `user.behavior.media_consumption`
---@field scale? string|JsonNull `stars`, `thumbs` or `interest`. `system.operations`
---@field has_watched? boolean|JsonNull Whether the viewer had seen it. `user.behavior.media_consumption`
---@field viewed_on? string|JsonNull Day of the view, where it was. `user.behavior.media_consumption`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`

---`review.written`: A review or an answer in free text was written.
---@class ReviewWrittenData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field text? string|JsonNull What the viewer wrote. `user.content.public`
---@field rating? number|JsonNull The value given with it. `user.behavior.media_consumption`
---@field topic? string|JsonNull What was asked, where it was a survey. `system.operations`
---@field language? string|JsonNull Language of the text. `user.demographic.language`

---`tag.given`: A title was tagged by a viewer.
---@class TagGivenData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field tag? string|JsonNull The tag, in the viewer's words. `user.content.public`

---`list.added`: A title was put on the viewer's list.
---@class ListAddedData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field list? string|JsonNull Name of the list. `user.behavior.media_consumption`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`

---`device.seen`: A device was used or registered.
---@class DeviceSeenData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field device? string|JsonNull `smartphone`, `tablet`, `smart tv`, ... or the model. `user.device`
---@field device_id? string|JsonNull The device's identifier (Netflix: ESN). `user.device.device_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`
---@field first_seen? string|JsonNull First use on the account. `user.device`
---@field last_seen? string|JsonNull Last use on the account. `user.device`
---@field profile_first_seen? string|JsonNull First use by the profile. `user.device`
---@field profile_last_seen? string|JsonNull Last use by the profile. `user.device`
---@field first_chosen_play? string|JsonNull First play on the account by choice. `user.device`
---@field last_chosen_play? string|JsonNull Last play on the account by choice. `user.device`
---@field profile_first_chosen_play? string|JsonNull First play of the profile by choice. `user.device`
---@field profile_last_chosen_play? string|JsonNull Last play of the profile by choice. `user.device`
---@field deactivated_at? string|JsonNull When the device was signed out. `user.device`
---@field os? string|JsonNull Operating system. `user.device`
---@field app_version? string|JsonNull Version of the service's software. `user.device`

---`session.started`: The service was opened, signed in to or streamed from.
---@class SessionStartedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field country? string|JsonNull Country derived from the address. `user.location.imprecise`
---@field region? string|JsonNull Region derived from the address. `user.location.imprecise`
---@field location? string|JsonNull Place derived from the address. `user.location.imprecise`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field device_id? string|JsonNull The device's identifier (Netflix: ESN). `user.device.device_id`
---@field device_localized? string|JsonNull The device in the viewer's language. `user.device`
---@field user_agent? string|JsonNull The browser's or app's own description. `user.device`
---@field session_id? string|JsonNull Key of the session. `user.unique_id.pseudonymous`
---@field activity? string|JsonNull `login`, `streaming` or `account creation`. `system.operations`
---@field app_version? string|JsonNull Version of the service's software. `user.device`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`search.made`: Something was searched for.
---@class SearchMadeData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field query? string|JsonNull What was typed. `user.behavior.search_history`
---@field result? string|JsonNull What was chosen from the results. `user.behavior.search_history`
---@field action? string|JsonNull What was done with the result. `user.behavior.search_history`
---@field section? string|JsonNull Part of the results that it was in. `user.behavior.search_history`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`
---@field app_version? string|JsonNull Version of the service's software. `user.device`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`support.contacted`: The viewer spoke or wrote to customer service.
---@class SupportContactedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field transcript? string|JsonNull What was said or written. `user.content.private`
---@field channel? string|JsonNull `chat`, `phone`, `e-mail`. `user.content.private`
---@field topic? string|JsonNull What it was about. `user.content.private`
---@field resolution? string|JsonNull How it ended. `user.content.private`
---@field agent? string|JsonNull Who answered. `user.content.private`
---@field duration_seconds? number|JsonNull How long it took. `user.content.private`
---@field phone? string|JsonNull Number called from. `user.contact.phone_number`
---@field email? string|JsonNull Address written from. `user.contact.email`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`

---`page.visited`: A page of the service was opened.
---@class PageVisitedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field url? string|JsonNull The page. `user.behavior.browsing_history`
---@field referrer? string|JsonNull The page that led to it. `user.behavior.browsing_history`
---@field cookie_id? string|JsonNull The cookie that came with the request. `user.device.cookie_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field user_agent? string|JsonNull The browser's or app's own description. `user.device`
---@field device? string|JsonNull Where the click came from. `user.device`
---@field navigation_level? string|JsonNull Part of the service. `user.behavior.browsing_history`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`beacon.fired`: A web beacon reported a page or a mail that was opened.
---@class BeaconFiredData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field cookie_id? string|JsonNull The cookie that came with the request. `user.device.cookie_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field url? string|JsonNull What was opened. `user.behavior.browsing_history`
---@field referrer? string|JsonNull The page that led to it. `user.behavior.browsing_history`
---@field user_agent? string|JsonNull The browser's or app's own description. `user.device`
---@field campaign? string|JsonNull Campaign that the beacon belongs to. `system.operations`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`message.sent`: The service sent the viewer a message.
---@class MessageSentData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field message? string|JsonNull Name of the message. `system.operations`
---@field channel? string|JsonNull `EMAIL`, `PUSH`, ... `user.contact`
---@field kind? string|JsonNull What the message is for. `system.operations`
---@field clicked_at? string|JsonNull When it was clicked. `user.behavior`
---@field clicks? number|JsonNull How often it was clicked. `user.behavior`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`

---`game.played`: A game was played.
---@class GamePlayedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field game? string|JsonNull Name of the game. `user.behavior.media_consumption`
---@field seconds_played? number|JsonNull How long. `user.behavior.media_consumption`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field platform? string|JsonNull Platform and its version. `user.device`
---@field device_id? string|JsonNull The device's identifier. `user.device.device_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`

---`choice.made`: A way was chosen in an interactive title.
---@class ChoiceMadeData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field choice? string|JsonNull Segment that was chosen. `user.behavior.media_consumption`
---@field kind? string|JsonNull How it was chosen. `user.behavior.media_consumption`
---@field has_watched? boolean|JsonNull Whether the segment was seen. `user.behavior.media_consumption`
---@field device? string|JsonNull Where it was chosen. `user.device`

---`playback.started`: A title began to play.
---@class PlaybackStartedData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field series? string|JsonNull The series that the episode belongs to. `user.behavior.media_consumption`
---@field season? string|JsonNull The season's name. `user.behavior.media_consumption`
---@field episode? string|JsonNull The episode's name. `user.behavior.media_consumption`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field device_id? string|JsonNull The device's identifier. `user.device.device_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`
---@field region? string|JsonNull Region within the country. `user.location.imprecise`
---@field position_seconds? number|JsonNull Where in the title it stands. `user.behavior.media_consumption`
---@field seconds_watched? number|JsonNull How long it played. `user.behavior.media_consumption`
---@field autoplayed? boolean|JsonNull Whether it began by itself. `user.behavior.media_consumption`
---@field attributes? string|JsonNull The service's own remarks. `user.behavior.media_consumption`
---@field is_latest_view? boolean|JsonNull Whether no later view exists. `user.behavior.media_consumption`
---@field promotion? string|JsonNull Its kind: `TRAILER`, `HOOK`, ... `user.behavior.media_consumption`
---@field traces? any[]|JsonNull Steps in order: `action`, `session_ms`, `position_ms`. `user.behavior.media_consumption`
---@field startup_ms? number|JsonNull Milliseconds from the wish to the first picture. `user.telemetry`
---@field rebuffers? number|JsonNull How often it stalled. `user.telemetry`
---@field rebuffer_seconds? number|JsonNull How long it stalled, in all. `user.telemetry`
---@field bitrate_kbps? number|JsonNull Mean bit rate. `user.telemetry`
---@field errors? number|JsonNull How many errors occurred. `user.telemetry`
---@field playback_id? string|JsonNull Key that ties start, progress and stop. `user.unique_id.pseudonymous`
---@field app_version? string|JsonNull Version of the service's software. `user.device`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`playback.progressed`: A title was played, paused or searched through.
---@class PlaybackProgressedData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field series? string|JsonNull The series that the episode belongs to. `user.behavior.media_consumption`
---@field season? string|JsonNull The season's name. `user.behavior.media_consumption`
---@field episode? string|JsonNull The episode's name. `user.behavior.media_consumption`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field device_id? string|JsonNull The device's identifier. `user.device.device_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`
---@field region? string|JsonNull Region within the country. `user.location.imprecise`
---@field position_seconds? number|JsonNull Where in the title it stands. `user.behavior.media_consumption`
---@field seconds_watched? number|JsonNull How long it played. `user.behavior.media_consumption`
---@field autoplayed? boolean|JsonNull Whether it began by itself. `user.behavior.media_consumption`
---@field attributes? string|JsonNull The service's own remarks. `user.behavior.media_consumption`
---@field is_latest_view? boolean|JsonNull Whether no later view exists. `user.behavior.media_consumption`
---@field promotion? string|JsonNull Its kind: `TRAILER`, `HOOK`, ... `user.behavior.media_consumption`
---@field traces? any[]|JsonNull Steps in order: `action`, `session_ms`, `position_ms`. `user.behavior.media_consumption`
---@field startup_ms? number|JsonNull Milliseconds from the wish to the first picture. `user.telemetry`
---@field rebuffers? number|JsonNull How often it stalled. `user.telemetry`
---@field rebuffer_seconds? number|JsonNull How long it stalled, in all. `user.telemetry`
---@field bitrate_kbps? number|JsonNull Mean bit rate. `user.telemetry`
---@field errors? number|JsonNull How many errors occurred. `user.telemetry`
---@field playback_id? string|JsonNull Key that ties start, progress and stop. `user.unique_id.pseudonymous`
---@field app_version? string|JsonNull Version of the service's software. `user.device`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`playback.stopped`: A title stopped playing.
---@class PlaybackStoppedData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field series? string|JsonNull The series that the episode belongs to. `user.behavior.media_consumption`
---@field season? string|JsonNull The season's name. `user.behavior.media_consumption`
---@field episode? string|JsonNull The episode's name. `user.behavior.media_consumption`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field device_id? string|JsonNull The device's identifier. `user.device.device_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`
---@field region? string|JsonNull Region within the country. `user.location.imprecise`
---@field position_seconds? number|JsonNull Where in the title it stands. `user.behavior.media_consumption`
---@field seconds_watched? number|JsonNull How long it played. `user.behavior.media_consumption`
---@field autoplayed? boolean|JsonNull Whether it began by itself. `user.behavior.media_consumption`
---@field attributes? string|JsonNull The service's own remarks. `user.behavior.media_consumption`
---@field is_latest_view? boolean|JsonNull Whether no later view exists. `user.behavior.media_consumption`
---@field promotion? string|JsonNull Its kind: `TRAILER`, `HOOK`, ... `user.behavior.media_consumption`
---@field traces? any[]|JsonNull Steps in order: `action`, `session_ms`, `position_ms`. `user.behavior.media_consumption`
---@field startup_ms? number|JsonNull Milliseconds from the wish to the first picture. `user.telemetry`
---@field rebuffers? number|JsonNull How often it stalled. `user.telemetry`
---@field rebuffer_seconds? number|JsonNull How long it stalled, in all. `user.telemetry`
---@field bitrate_kbps? number|JsonNull Mean bit rate. `user.telemetry`
---@field errors? number|JsonNull How many errors occurred. `user.telemetry`
---@field playback_id? string|JsonNull Key that ties start, progress and stop. `user.unique_id.pseudonymous`
---@field app_version? string|JsonNull Version of the service's software. `user.device`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`promotion.played`: A trailer, teaser or preview played; no viewing.
---@class PromotionPlayedData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field series? string|JsonNull The series that the episode belongs to. `user.behavior.media_consumption`
---@field season? string|JsonNull The season's name. `user.behavior.media_consumption`
---@field episode? string|JsonNull The episode's name. `user.behavior.media_consumption`
---@field device? string|JsonNull Kind or model of the device. `user.device`
---@field device_id? string|JsonNull The device's identifier. `user.device.device_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field country? string|JsonNull Country, as the service names it. `user.location.imprecise`
---@field region? string|JsonNull Region within the country. `user.location.imprecise`
---@field position_seconds? number|JsonNull Where in the title it stands. `user.behavior.media_consumption`
---@field seconds_watched? number|JsonNull How long it played. `user.behavior.media_consumption`
---@field autoplayed? boolean|JsonNull Whether it began by itself. `user.behavior.media_consumption`
---@field attributes? string|JsonNull The service's own remarks. `user.behavior.media_consumption`
---@field is_latest_view? boolean|JsonNull Whether no later view exists. `user.behavior.media_consumption`
---@field promotion? string|JsonNull Its kind: `TRAILER`, `HOOK`, ... `user.behavior.media_consumption`
---@field traces? any[]|JsonNull Steps in order: `action`, `session_ms`, `position_ms`. `user.behavior.media_consumption`
---@field startup_ms? number|JsonNull Milliseconds from the wish to the first picture. `user.telemetry`
---@field rebuffers? number|JsonNull How often it stalled. `user.telemetry`
---@field rebuffer_seconds? number|JsonNull How long it stalled, in all. `user.telemetry`
---@field bitrate_kbps? number|JsonNull Mean bit rate. `user.telemetry`
---@field errors? number|JsonNull How many errors occurred. `user.telemetry`
---@field playback_id? string|JsonNull Key that ties start, progress and stop. `user.unique_id.pseudonymous`
---@field app_version? string|JsonNull Version of the service's software. `user.device`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`supplement.demographic`: Demographic data from another party.
---@class SupplementDemographicData
---@field provider? string|JsonNull Who supplied the data. `system.operations`
---@field age? number|JsonNull Age in years. `user.demographic.age_range`
---@field age_range? string|JsonNull Such as `25-34`. `user.demographic.age_range`
---@field gender? string|JsonNull Gender, as the provider has it. `user.demographic.gender`
---@field occupation? string|JsonNull Occupation. `user.job_title`
---@field postal_code? string|JsonNull Postal code. `user.contact.address.postal_code`
---@field country? string|JsonNull Country. `user.location.imprecise`
---@field language? string|JsonNull Language. `user.demographic.language`
---@field marital_status? string|JsonNull Marital status. `user.demographic.marital_status`
---@field household_size? number|JsonNull Persons in the household. `user.demographic`
---@field income_range? string|JsonNull Such as `40000-60000 EUR`. `user.demographic`
---@field education? string|JsonNull Highest degree. `user.demographic`

---`supplement.interest`: Interests from another party.
---@class SupplementInterestData
---@field provider? string|JsonNull Who supplied the data. `system.operations`
---@field interests? any[]|JsonNull Interests by name. `user.behavior`
---@field network? string|JsonNull Social network that is connected. `user.social`
---@field account? string|JsonNull The viewer's account there. `user.social`
---@field text? string|JsonNull What the service says about the connection. `user.social`

---`supplement.browsing`: Browsing behaviour from another party.
---@class SupplementBrowsingData
---@field provider? string|JsonNull Who supplied the data. `system.operations`
---@field url? string|JsonNull Page that was seen. `user.behavior.browsing_history`
---@field topics? any[]|JsonNull Topics of the pages. `user.behavior.browsing_history`
---@field cookie_id? string|JsonNull The cookie by which it was matched. `user.device.cookie_id`
---@field visits? number|JsonNull How often. `user.behavior.browsing_history`

---`title.added`: A title came into the catalogue.
---@class TitleAddedData
---@field title? string|JsonNull The title's name, as shown. `system.operations`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `system.operations`
---@field year? number|JsonNull Year of release. `system.operations`
---@field released? string|JsonNull Day of release, `YYYY-MM-DD`. `system.operations`
---@field genres? any[]|JsonNull Genres by name. `system.operations`
---@field kind? string|JsonNull `film`, `series`, `episode`, `game`. `system.operations`
---@field series? string|JsonNull The series that the episode belongs to. `system.operations`
---@field duration_seconds? number|JsonNull Running time. `system.operations`
---@field maturity_rating? string|JsonNull Rating of the local authority. `system.operations`
---@field languages? any[]|JsonNull Languages that it can be heard in. `system.operations`
---@field for_kids? boolean|JsonNull Whether it is made for children. `system.operations`
---@field available_from? string|JsonNull From when it can be watched. `system.operations`
---@field available_until? string|JsonNull Until when it can be watched. `system.operations`
---@field cast? any[]|JsonNull Actors by name. `system.operations`
---@field directors? any[]|JsonNull Directors by name. `system.operations`
---@field description? string|JsonNull What it is about. `system.operations`
---@field url? string|JsonNull A page about the title. `system.operations`
---@field imdb_id? string|JsonNull Key in the Internet Movie Database. `system.operations`
---@field tmdb_id? string|JsonNull Key in The Movie Database. `system.operations`

---`title.updated`: What is known of a title changed.
---@class TitleUpdatedData
---@field title? string|JsonNull The title's name, as shown. `system.operations`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `system.operations`
---@field year? number|JsonNull Year of release. `system.operations`
---@field released? string|JsonNull Day of release, `YYYY-MM-DD`. `system.operations`
---@field genres? any[]|JsonNull Genres by name. `system.operations`
---@field kind? string|JsonNull `film`, `series`, `episode`, `game`. `system.operations`
---@field series? string|JsonNull The series that the episode belongs to. `system.operations`
---@field duration_seconds? number|JsonNull Running time. `system.operations`
---@field maturity_rating? string|JsonNull Rating of the local authority. `system.operations`
---@field languages? any[]|JsonNull Languages that it can be heard in. `system.operations`
---@field for_kids? boolean|JsonNull Whether it is made for children. `system.operations`
---@field available_from? string|JsonNull From when it can be watched. `system.operations`
---@field available_until? string|JsonNull Until when it can be watched. `system.operations`
---@field cast? any[]|JsonNull Actors by name. `system.operations`
---@field directors? any[]|JsonNull Directors by name. `system.operations`
---@field description? string|JsonNull What it is about. `system.operations`
---@field url? string|JsonNull A page about the title. `system.operations`
---@field imdb_id? string|JsonNull Key in the Internet Movie Database. `system.operations`
---@field tmdb_id? string|JsonNull Key in The Movie Database. `system.operations`

---`recommendation.shown`: A recommendation was shown.
---@class RecommendationShownData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field row? string|JsonNull Row of the page that it stood in. `system.operations`
---@field position? number|JsonNull Place in the row, from 1. `system.operations`
---@field score? number|JsonNull The recommender's score. `user.behavior`
---@field because? string|JsonNull The reason given. `user.behavior`
---@field events? any[]|JsonNull The events behind it: `source` and `id` of each. `user.behavior`
---@field recommender? string|JsonNull Plugin or model that made it. `system.operations`
---@field propensity? number|JsonNull How probable this title was in this place. `system.operations`
---@field experiment? string|JsonNull Experiment that it was part of. `system.operations`
---@field variant? string|JsonNull Variant of the experiment that made it. `system.operations`

---`recommendation.chosen`: A recommendation was followed.
---@class RecommendationChosenData
---@field title? string|JsonNull The title's name, as shown. `user.behavior.media_consumption`
---@field title_id? string|JsonNull The title's key in the service's catalogue. `user.behavior.media_consumption`
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field row? string|JsonNull Row of the page that it stood in. `system.operations`
---@field position? number|JsonNull Place in the row, from 1. `system.operations`
---@field score? number|JsonNull The recommender's score. `user.behavior`
---@field because? string|JsonNull The reason given. `user.behavior`
---@field events? any[]|JsonNull The events behind it: `source` and `id` of each. `user.behavior`
---@field recommender? string|JsonNull Plugin or model that made it. `system.operations`
---@field propensity? number|JsonNull How probable this title was in this place. `system.operations`
---@field experiment? string|JsonNull Experiment that it was part of. `system.operations`
---@field variant? string|JsonNull Variant of the experiment that made it. `system.operations`

---`ad.shown`: An advertisement was shown.
---@class AdShownData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field ad_id? string|JsonNull Key of the advertisement. `system.operations`
---@field campaign? string|JsonNull Campaign that it belongs to. `system.operations`
---@field advertiser? string|JsonNull Who pays for it. `system.operations`
---@field segment? string|JsonNull Segment that it was chosen for. `user.behavior`
---@field placement? string|JsonNull Where it was shown. `system.operations`
---@field cookie_id? string|JsonNull The cookie that came with the request. `user.device.cookie_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field url? string|JsonNull Where the click led. `user.behavior.browsing_history`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`ad.clicked`: An advertisement was followed.
---@class AdClickedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field ad_id? string|JsonNull Key of the advertisement. `system.operations`
---@field campaign? string|JsonNull Campaign that it belongs to. `system.operations`
---@field advertiser? string|JsonNull Who pays for it. `system.operations`
---@field segment? string|JsonNull Segment that it was chosen for. `user.behavior`
---@field placement? string|JsonNull Where it was shown. `system.operations`
---@field cookie_id? string|JsonNull The cookie that came with the request. `user.device.cookie_id`
---@field ip? string|JsonNull IPv4 or IPv6 address. `user.device.ip_address`
---@field url? string|JsonNull Where the click led. `user.behavior.browsing_history`
---@field gpc? boolean|JsonNull Global Privacy Control: whether the request carried `Sec-GPC: 1`. `user.privacy_preferences`

---`consent.changed`: A purpose was allowed or forbidden.
---@class ConsentChangedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field purpose? string|JsonNull `personalization`, `advertising`, `quality` or `service`. `user.privacy_preferences`
---@field granted? boolean|JsonNull Whether it is allowed from now on. `user.privacy_preferences`
---@field channel? string|JsonNull Means of contact that it is about. `user.privacy_preferences`
---@field name? string|JsonNull The setting's name at the service. `user.privacy_preferences`
---@field setting? string|JsonNull The setting's value at the service. `user.privacy_preferences`

---`access.requested`: The viewer asked what is known about them.
---@class AccessRequestedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field email? string|JsonNull Where the answer goes. `user.contact.email`
---@field channel? string|JsonNull How the wish was made. `system.operations`
---@field reference? string|JsonNull Key of the request. `user.unique_id`
---@field text? string|JsonNull The wish in the viewer's words. `user.content.private`

---`erasure.requested`: The viewer asked to be forgotten.
---@class ErasureRequestedData
---@field profile? string|JsonNull Name of the profile. `user.account.username`
---@field is_kids? boolean|JsonNull Whether the profile is a child's. `user.childrens`
---@field email? string|JsonNull Where the answer goes. `user.contact.email`
---@field channel? string|JsonNull How the wish was made. `system.operations`
---@field reference? string|JsonNull Key of the request. `user.unique_id`
---@field text? string|JsonNull The wish in the viewer's words. `user.content.private`

---`viewer.merged`: Two subjects were found to be one viewer.
---@class ViewerMergedData
---@field from? string|JsonNull The subject that is, or was, taken into the event's `subject`. `user.unique_id`

---`viewer.split`: A subject that was taken into this one is another viewer after all.
---@class ViewerSplitData
---@field from? string|JsonNull The subject that is, or was, taken into the event's `subject`. `user.unique_id`

---`build.session_started{ ip = "192.0.2.1" }`: an event with a value in every field, and the given ones.
---@class Builders
---@field account_opened fun(data?: AccountOpenedData): Event
---@field account_updated fun(data?: AccountUpdatedData): Event
---@field rating_given fun(data?: RatingGivenData): Event
---@field review_written fun(data?: ReviewWrittenData): Event
---@field tag_given fun(data?: TagGivenData): Event
---@field list_added fun(data?: ListAddedData): Event
---@field device_seen fun(data?: DeviceSeenData): Event
---@field session_started fun(data?: SessionStartedData): Event
---@field search_made fun(data?: SearchMadeData): Event
---@field support_contacted fun(data?: SupportContactedData): Event
---@field page_visited fun(data?: PageVisitedData): Event
---@field beacon_fired fun(data?: BeaconFiredData): Event
---@field message_sent fun(data?: MessageSentData): Event
---@field game_played fun(data?: GamePlayedData): Event
---@field choice_made fun(data?: ChoiceMadeData): Event
---@field playback_started fun(data?: PlaybackStartedData): Event
---@field playback_progressed fun(data?: PlaybackProgressedData): Event
---@field playback_stopped fun(data?: PlaybackStoppedData): Event
---@field promotion_played fun(data?: PromotionPlayedData): Event
---@field supplement_demographic fun(data?: SupplementDemographicData): Event
---@field supplement_interest fun(data?: SupplementInterestData): Event
---@field supplement_browsing fun(data?: SupplementBrowsingData): Event
---@field title_added fun(data?: TitleAddedData): Event
---@field title_updated fun(data?: TitleUpdatedData): Event
---@field recommendation_shown fun(data?: RecommendationShownData): Event
---@field recommendation_chosen fun(data?: RecommendationChosenData): Event
---@field ad_shown fun(data?: AdShownData): Event
---@field ad_clicked fun(data?: AdClickedData): Event
---@field consent_changed fun(data?: ConsentChangedData): Event
---@field access_requested fun(data?: AccessRequestedData): Event
---@field erasure_requested fun(data?: ErasureRequestedData): Event
---@field viewer_merged fun(data?: ViewerMergedData): Event
---@field viewer_split fun(data?: ViewerSplitData): Event
build = {}

---@alias DataCategory
---| "system"
---| "system.authentication"
---| "system.operations"
---| "user"
---| "user.account"
---| "user.account.settings"
---| "user.account.username"
---| "user.authorization"
---| "user.authorization.biometric"
---| "user.authorization.credentials"
---| "user.authorization.password"
---| "user.behavior"
---| "user.behavior.browsing_history"
---| "user.behavior.media_consumption"
---| "user.behavior.purchase_history"
---| "user.behavior.search_history"
---| "user.biometric"
---| "user.biometric.fingerprint"
---| "user.biometric.health"
---| "user.biometric.retinal"
---| "user.biometric.voice"
---| "user.childrens"
---| "user.contact"
---| "user.contact.address"
---| "user.contact.address.city"
---| "user.contact.address.country"
---| "user.contact.address.postal_code"
---| "user.contact.address.state"
---| "user.contact.address.street"
---| "user.contact.email"
---| "user.contact.fax_number"
---| "user.contact.organization"
---| "user.contact.phone_number"
---| "user.contact.url"
---| "user.content"
---| "user.content.private"
---| "user.content.public"
---| "user.content.self_image"
---| "user.criminal_history"
---| "user.demographic"
---| "user.demographic.age_range"
---| "user.demographic.date_of_birth"
---| "user.demographic.gender"
---| "user.demographic.language"
---| "user.demographic.marital_status"
---| "user.demographic.political_opinion"
---| "user.demographic.profile"
---| "user.demographic.race_ethnicity"
---| "user.demographic.religious_belief"
---| "user.demographic.sexual_orientation"
---| "user.device"
---| "user.device.cookie"
---| "user.device.cookie_id"
---| "user.device.device_id"
---| "user.device.ip_address"
---| "user.financial"
---| "user.financial.bank_account"
---| "user.financial.credit_card"
---| "user.government_id"
---| "user.government_id.birth_certificate"
---| "user.government_id.drivers_license_number"
---| "user.government_id.immigration"
---| "user.government_id.national_identification_number"
---| "user.government_id.passport_number"
---| "user.government_id.vehicle_registration"
---| "user.health_and_medical"
---| "user.health_and_medical.genetic"
---| "user.health_and_medical.insurance_beneficiary_id"
---| "user.health_and_medical.record_id"
---| "user.job_title"
---| "user.location"
---| "user.location.imprecise"
---| "user.location.precise"
---| "user.name"
---| "user.name.first"
---| "user.name.last"
---| "user.payment"
---| "user.privacy_preferences"
---| "user.sensor"
---| "user.social"
---| "user.telemetry"
---| "user.unique_id"
---| "user.unique_id.pseudonymous"
---| "user.user_sensor"
---| "user.workplace"
---| "user.unclassified"
---| string

---@class Redactor
---@field kind "redactor"
---@field name string
---@field version string
---@field reads? DataCategory[] What the plugin sees: data categories, or single fields as "data.nickname".
---@field isolation? "wasm" Asks to run behind WebAssembly's walls.
---@field redact fun(event: Event): Event? Returns the event, or nil to drop it; an error sends it to quarantine.

---@class Segment
---@field kind "segment"
---@field name string
---@field version string
---@field taxonomy? string The id of a node of the IAB Audience Taxonomy 1.1; may be left out with `use = "exclude"`.
---@field sensitive? boolean Must be true where the node is sensitive.
---@field use? "target"|"exclude" "exclude" keeps advertisements away from its viewers.
---@field events? EventType[] What it folds; left out, all.
---@field reads? DataCategory[] What the plugin sees: data categories, or single fields as "data.nickname".
---@field ttl_days? integer How long an answer holds that does not say it; 7 where it is left out.
---@field isolation? "wasm" Asks to run behind WebAssembly's walls.
---@field start fun(): any What is kept of a viewer of whom nothing is known.
---@field fold fun(state: any, event: Event, at: integer, ref: integer, offset: integer): any Takes in an event; returns the state.
---@field member fun(state: any, now: integer): boolean?, string?, integer[]?, number? Whether, why, by which events (their `ref`), until when.

---@alias QualityDimension "title"|"device"|"app_version"|"region"|"hour"|"day"

---@class Quality
---@field kind "quality"
---@field name string
---@field version string
---@field title? string What people call it.
---@field by? QualityDimension[] What has rows of its own.
---@field columns string[] The numbers of a row; their units by their endings: _ms, _seconds, _share, else a count.
---@field chart? string The column that is drawn; the first where it is left out.
---@field events? EventType[] What it folds; left out, all.
---@field reads? DataCategory[] What the plugin sees: data categories, or single fields as "data.nickname".
---@field isolation? "wasm" Asks to run behind WebAssembly's walls.
---@field start fun(): any What is kept of a row without events.
---@field fold fun(state: any, event: any, at: integer, ref: integer, offset: integer): any Takes in an event, or what `observe` gave; returns the state.
---@field report fun(state: any): table<string, number?> A row's numbers, by the names of the columns.
---@field observe? fun(memory: table, event: Event, at: integer, ref: integer, offset: integer): table, any Returns what is kept of the viewer, and what is to be folded, or nil.

---@class Recommender
---@field kind "recommender"
---@field name string
---@field version string
---@field reads? DataCategory[] What the plugin sees of the viewer.
---@field recommend fun(viewer: Viewer, catalogue: TitleCatalogue, n: integer): Recommendation[] Up to n titles, the best first.

---@class JsonNull: userdata

json = {
  ---@type JsonNull
  null = nil,
}

---Makes an array where an empty table would be an object.
---@generic T
---@param list? T[]
---@return T[]
function json.array(list) end

---What is still useful of a value, without the person. `nil` and `json.null` stay what they are.
mask = {}

---The address without its last octet, or without its last 80 bits.
---@param value string|JsonNull|nil
function mask.ip(value) end
---@param value string|JsonNull|nil
function mask.email(value) end
---@param value string|JsonNull|nil
function mask.phone(value) end
---@param value string|JsonNull|nil
function mask.card(value) end
---@param value string|JsonNull|nil
function mask.name(value) end
---Free text without addresses, numbers and names in it.
---@param value string|JsonNull|nil
function mask.text(value) end

host = {}

---32 hex digits of HMAC-SHA256 under the host's key.
---@param value string|JsonNull|nil
function host.hash(value) end

---What the catalogue knows of a title, for plugins that fold; nil where it does not know it.
---@param id any The title's key, or its name.
---@return Title?
function host.title(id) end

---@class Title
---@field title? string
---@field genres? string[]
---@field kind? string
---@field series? string
---@field duration_seconds? number
---@field maturity_rating? string
---@field year? number

---@class Candidate
---@field title string The catalogue's key.
---@field score number
---@field because? string[] Titles of the viewer's history.

---The model's best titles for the viewer, without those that the viewer knows. For recommenders, as what follows.
---@param n integer
---@return Candidate[]
function host.fold_in(n) end
---The viewer's scores of titles, in their order; false for what is unknown or cannot be watched.
---@param titles string[]
---@return (number|false)[]
function host.score(titles) end
---The titles most like one.
---@param title string
---@param n integer
---@return Candidate[]
function host.similar(title, n) end
---What everybody takes up.
---@param n integer
---@param genre? string
---@return Candidate[]
function host.popular(n, genre) end
---What everybody takes up of late.
---@param n integer
---@param genre? string
---@return Candidate[]
function host.trending(n, genre) end

---@class Viewer
---@field history? ViewerTitle[] The latest first.
---@field shown? table<string, { count: integer, chosen: integer, at: integer }>
---@field profile { is_kids?: boolean, maturity_level?: string, language?: string, country?: string }
---@field device? string
---@field hour integer
---@field now integer

---@class ViewerTitle
---@field title string
---@field episode? string
---@field plays integer
---@field seconds integer
---@field position integer
---@field completion? number
---@field rating? number
---@field scale? "stars"|"thumbs"|"interest"
---@field disliked? true
---@field at integer
---@field ref integer

---@class TitleCatalogue
---@field title fun(key: string): CatalogueTitle?
---@field is_available fun(key: string): boolean
---@field new fun(n: integer, genre?: string): Candidate[]

---@class CatalogueTitle
---@field title string The key.
---@field name string
---@field kind string
---@field genres string[]
---@field people string[]
---@field year? integer
---@field duration_seconds? integer
---@field maturity_rating? string
---@field for_kids? boolean

---@class Recommendation
---@field title string
---@field score? number
---@field row? string
---@field because? string|(string|integer)[]

---A line on the host's standard error.
---@param text string
function host.log(text) end

---Summaries of many values in few bytes, which can be merged.
sketch = {}

---@param accuracy? number From 0.001 to 0.1, 0.01 where it is left out: how far a quantile may be from the value, relative to it.
---@return QuantileSketch
function sketch.quantiles(accuracy) end
---@return DistinctSketch
function sketch.distinct() end
---@param size? integer From 1 to 1000, 100 where it is left out: how many texts are counted at once.
---@return TopSketch
function sketch.top(size) end

---Quantiles of numbers.
---@class QuantileSketch
local QuantileSketch = {}
---@param value number
---@param count? integer How often it is to count.
function QuantileSketch:add(value, count) end
---The value below which lies that part of the values, from 0 to 1.
---@param part number
---@return number?
function QuantileSketch:quantile(part) end
---@return integer
function QuantileSketch:count() end
---@return number
function QuantileSketch:sum() end
---@return number?
function QuantileSketch:min() end
---@return number?
function QuantileSketch:max() end
---@param other QuantileSketch One of the same accuracy.
function QuantileSketch:merge(other) end

---How many different values there are, within some 2 %.
---@class DistinctSketch
local DistinctSketch = {}
---@param value string|integer
function DistinctSketch:add(value) end
---@return integer
function DistinctSketch:count() end
---@param other DistinctSketch
function DistinctSketch:merge(other) end

---The most frequent texts.
---@class TopSketch
local TopSketch = {}
---@param text string At most 256 bytes.
---@param count? integer How often it is to count.
function TopSketch:add(text, count) end
---The texts that were added most often, first those with the highest counts; all that are counted where `most` is left out.
---@param most? integer
---@return TopEntry[]
function TopSketch:list(most) end
---@param other TopSketch One of the same size.
function TopSketch:merge(other) end

---@class TopEntry
---@field value string
---@field count integer It was added so often at most,
---@field error integer and at least so much less.

-- Tests: what a file NAME_test.lua finds.

---@param name string
---@param body fun()
function describe(name, body) end
---@param name string
---@param body fun()
function it(name, body) end
---A test that is still to be written.
---@param name string
function pending(name) end
---@param body fun()
function before_each(body) end
---@param body fun()
function after_each(body) end

---Leads an event, or its JSON text, through the plugin: the event as it is then, or nil where it was dropped.
---@param event Event|string
---@return Event|PluginFailure|any
function redact(event) end

---Where the plugin failed; any other use of it fails the test.
---@class PluginFailure
---@field code string
---@field message string
---@field event? string The id of the event that a fold failed on.

---A viewer of a segment, of whom nothing is known but that advertising is allowed. Its events go through the gate.
---@param options? { consent?: boolean } With `consent = false`, nothing is allowed yet.
---@return TestedViewer
function segment(options) end

---@class TestedViewer
local TestedViewer = {}
---Those of the catalogue add titles for host.title.
---@param ... Event|string
function TestedViewer:fold(...) end
---@param now integer|string Seconds since 1970, or RFC 3339.
---@return TestedAnswer
function TestedViewer:member(now) end
---What is kept of the viewer; nil where nothing is.
---@return any
function TestedViewer:state() end
---What the plugin failed on; a test that does not look at it fails for it.
---@return PluginFailure[]
function TestedViewer:failures() end

---@class TestedAnswer
---@field member boolean
---@field reason? string
---@field events string[] The ids of the events behind the answer.
---@field expires? integer Until when it holds, in seconds since 1970, where the plugin says it.
---@field refused? "child"|"refused"|"no consent"|"nothing known" Why the plugin was not even asked.

---What a recommender gives a viewer, without what may not be shown; the source makes up catalogue and models.
---@param source table
---@param viewer table
---@param n? integer 10 where it is left out.
---@return Recommendation[]
function recommend(source, viewer, n) end
---How many titles were left out of the last list, by reason.
---@return table<string, integer>
function left_out() end

---A quality plugin, with all the viewers that its events name.
---@return TestedQuality
function quality() end

---@class TestedQuality
local TestedQuality = {}
---Those of the catalogue add titles for host.title.
---@param ... Event|string
function TestedQuality:fold(...) end
---The row of all events, or of a dimension's value; nil where that has none. Whole numbers are integers.
---@param dimension? string
---@param value? string
---@return table<string, number>?
function TestedQuality:report(dimension, value) end
---What the plugin failed on; a test that does not look at it fails for it.
---@return PluginFailure[]
function TestedQuality:failures() end

---The elements in another order: the same for the same seed.
---@generic T
---@param list T[]
---@param seed? integer
---@return T[]
function shuffled(list, seed) end

---What the plugin gave to host.log for the last event.
---@return string
function logs() end

---A JSON text as a value; its numbers stay as they are written.
---@param text string
function parse(text) end

---The events of an NDJSON file beside the test, or below.
---@param name string
---@return Event[]
function fixture(name) end

---@param value any
---@return Expectation
function expect(value) end

---@class Expectation
---@field never Expectation The opposite.
---@field to_equal fun(expected: any) What is in two values is the same.
---@field to_be fun(expected: any) The very same value.
---@field to_be_nil fun()
---@field to_be_truthy fun()
---@field to_be_falsy fun()
---@field to_contain fun(part: any) A text has a part, a list an element, an object a key.
---@field to_match fun(pattern: string) A text matches a Lua pattern.
---@field to_be_near fun(expected: number, distance?: number)
---@field to_be_dropped fun()
---@field to_fail fun()
---@field to_fail_with fun(code: string)
---@field to_match_snapshot fun(name?: string)
