/// The functions that plugins and tests find, as annotations.
enum AnnotatedFunctions {
    static let text = """
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

        """
}
