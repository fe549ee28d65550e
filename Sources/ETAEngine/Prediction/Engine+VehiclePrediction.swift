public import TransitModel

extension Engine {
    /// What is foretold at a moment of the run that a vehicle is on; nil where nothing is.
    public func prediction(of vehicleID: String, at now: Timestamp) -> TripPrediction? {
        guard let vehicle = vehicle(id: vehicleID), vehicle.silence(at: now) < Self.forgotten,
            let status = status(of: vehicle, at: now)
        else { return nil }
        let predictor = Predictor(network: network, links: links, now: now)
        return prediction(for: vehicle, status, with: predictor)
    }
}
