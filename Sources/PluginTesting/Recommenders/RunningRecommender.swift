internal import Events
package import Plugins

/// A plugin that recommends, with what tests make up of viewers, catalogue and models.
package final class RunningRecommender {
    private let recommender: Recommender
    private let document = EventDocument()

    package init(_ recommender: Recommender) {
        self.recommender = recommender
    }

    /// What the plugin logged in its last call.
    var log: String {
        String(decoding: recommender.log, as: UTF8.self)
    }

    /// Asks the plugin; `text` is an object with `source`, `viewer`, `count` and `seed`. The answer is an object, or a failure's code
    /// and, on the next line, its message.
    func recommend(_ text: UnsafeRawBufferPointer, into answer: inout ByteBuffer) {
        let head: StaticString = #"{"specversion":"1.0","id":"1","source":"test","type":"test.recommend","data":"#
        let event =
            Array(UnsafeRawBufferPointer(start: head.utf8Start, count: head.utf8CodeUnitCount)) + Array(text)
            + [UInt8(ascii: "}")]
        event.withUnsafeBytes { bytes in
            guard document.load(bytes) else {
                return answer.append(
                    "wrong_result\nthis cannot be told to the plugin: it is too long, or nested too deep")
            }
            let fields = JSONFields(document: document, node: document.data)
            let viewer = fields.field("viewer") ?? fields
            let source = MadeUpSource(fields.field("source") ?? fields, viewer)
            do throws(PluginFailure) {
                let list = try recommender.recommend(
                    ViewerProfile(viewer), count: Int(fields.integer("count") ?? 10),
                    seed: UInt64(bitPattern: fields.integer("seed") ?? 1), from: source)
                write(list, into: &answer)
            } catch {
                answer.append(text: "\(error.code)\n\(error.message)")
            }
        }
    }

    private func write(_ list: RecommendationList, into answer: inout ByteBuffer) {
        answer.append("{\"dropped\":{")
        let names: [(RecommendationList.Fault, StaticString)] = [
            (.noTitle, "no_title"), (.unavailable, "unavailable"), (.duplicate, "duplicate"), (.noNumber, "no_number"),
            (.tooMany, "too_many"),
        ]
        var isFirst = true
        for (fault, name) in names where list[fault] > 0 {
            if !isFirst { answer.append(",") }
            isFirst = false
            answer.append(text: "\"\(name)\":\(list[fault])")
        }
        answer.append("},\"items\":[")
        for (place, item) in list.items.enumerated() {
            answer.append(place == 0 ? "{\"title\":" : ",{\"title\":")
            answer.append(string: item.title)
            if let score = item.score { answer.append(text: ",\"score\":\(score)") }
            if !item.row.isEmpty {
                answer.append(",\"row\":")
                answer.append(string: item.row)
            }
            if !item.reason.isEmpty {
                answer.append(",\"because\":")
                answer.append(string: item.reason)
            } else if !item.titles.isEmpty {
                for (number, title) in item.titles.enumerated() {
                    answer.append(number == 0 ? ",\"because\":[" : ",")
                    answer.append(string: title)
                }
                answer.append("]")
            }
            answer.append("}")
        }
        answer.append("]}")
    }
}

extension ViewerProfile {
    /// As tests write it.
    fileprivate init(_ fields: JSONFields) {
        self.init()
        let profile = fields.field("profile")
        isKids = profile?.boolean("is_kids") ?? false
        maturityLevel = profile?.text("maturity_level") ?? ""
        language = profile?.text("language") ?? ""
        country = profile?.text("country") ?? ""
        device = fields.text("device") ?? ""
        now = fields.integer("now") ?? 0
        offset = (fields.integer("hour") ?? 0) * 3600 - now % 86400 / 3600 * 3600
    }
}
