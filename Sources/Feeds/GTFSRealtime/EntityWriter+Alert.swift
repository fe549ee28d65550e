import CGTFSRealtime
import CProtobufC
import TransitModel

extension EntityWriter {
    /// The entity of an alert.
    mutating func alert(_ published: PublishedAlert) -> [UInt8] {
        let source = published.alert
        let entity = start(id: "alert:\(source.id)")
        let alert = arena.make(transit_realtime__alert__init)
        entity.pointee.alert = alert
        setPeriods(of: alert, from: source)
        let informed = published.informed.map { Optional(selector($0)) }
        alert.pointee.n_informed_entity = informed.count
        alert.pointee.informed_entity = arena.copy(informed)
        alert.pointee.has_cause = 1
        alert.pointee.cause = .init(UInt32(source.cause.rawValue))
        alert.pointee.has_effect = 1
        alert.pointee.effect = .init(UInt32(source.effect.rawValue))
        alert.pointee.has_severity_level = 1
        alert.pointee.severity_level = .init(UInt32(source.severity.rawValue))
        alert.pointee.header_text = translated(source.header)
        alert.pointee.description_text =
            translated(source.description) ?? translated(source.header)
        return pack(entity)
    }

    /// Says the period three times: as when it is told, when it is felt, and as old readers know it.
    ///
    /// Without start and end there is none to say, and the alert holds while it is sent.
    private mutating func setPeriods(
        of alert: UnsafeMutablePointer<TransitRealtime__Alert>, from source: Alert
    ) {
        guard source.start != nil || source.end != nil else { return }
        let range = arena.make(transit_realtime__time_range__init)
        if let start = source.start {
            range.pointee.has_start = 1
            range.pointee.start = UInt64(max(0, start.unix))
        }
        if let end = source.end {
            range.pointee.has_end = 1
            range.pointee.end = UInt64(max(0, end.unix))
        }
        let ranges = arena.copy([Optional(range)])
        alert.pointee.n_communication_period = 1
        alert.pointee.communication_period = ranges
        alert.pointee.n_impact_period = 1
        alert.pointee.impact_period = ranges
        alert.pointee.setOldPeriods(count: 1, ranges)
    }

    private mutating func selector(
        _ entity: Alert.InformedEntity
    ) -> UnsafeMutablePointer<TransitRealtime__EntitySelector> {
        let selector = arena.make(transit_realtime__entity_selector__init)
        if let agency = entity.agencyID { selector.pointee.agency_id = arena.text(agency) }
        if let route = entity.routeID { selector.pointee.route_id = arena.text(route) }
        if let stop = entity.stopID { selector.pointee.stop_id = arena.text(stop) }
        return selector
    }

    private mutating func translated(
        _ texts: [Alert.Translation]
    ) -> UnsafeMutablePointer<TransitRealtime__TranslatedString>? {
        var translations: [UnsafeMutablePointer<TransitRealtime__TranslatedString__Translation>?]
        translations = []
        for text in texts where !text.text.isEmpty {
            let made = arena.make(transit_realtime__translated_string__translation__init)
            made.pointee.text = arena.text(text.text.filter { $0 != "\0" })
            made.pointee.language = arena.text(text.language)
            translations.append(made)
        }
        guard !translations.isEmpty else { return nil }
        let string = arena.make(transit_realtime__translated_string__init)
        string.pointee.n_translation = translations.count
        string.pointee.translation = arena.copy(translations)
        return string
    }
}
