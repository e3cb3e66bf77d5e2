/// What kind of personal data a field holds: the data categories of the Fideslang taxonomy 3.1.4 (IAB Tech Lab, Ethyca;
/// CC BY 4.0), and ``unclassified`` for what the catalogue does not know.
///
/// ```swift
/// DataCategory.userContactEmail.isWithin(.userContact)  // true
/// ```
public enum DataCategory: UInt8, CaseIterable, Sendable {
    case system
    case systemAuthentication
    case systemOperations
    case user
    case userAccount
    case userAccountSettings
    case userAccountUsername
    case userAuthorization
    case userAuthorizationBiometric
    case userAuthorizationCredentials
    case userAuthorizationPassword
    case userBehavior
    case userBehaviorBrowsingHistory
    case userBehaviorMediaConsumption
    case userBehaviorPurchaseHistory
    case userBehaviorSearchHistory
    case userBiometric
    case userBiometricFingerprint
    case userBiometricHealth
    case userBiometricRetinal
    case userBiometricVoice
    case userChildrens
    case userContact
    case userContactAddress
    case userContactAddressCity
    case userContactAddressCountry
    case userContactAddressPostalCode
    case userContactAddressState
    case userContactAddressStreet
    case userContactEmail
    case userContactFaxNumber
    case userContactOrganization
    case userContactPhoneNumber
    case userContactURL
    case userContent
    case userContentPrivate
    case userContentPublic
    case userContentSelfImage
    case userCriminalHistory
    case userDemographic
    case userDemographicAgeRange
    case userDemographicDateOfBirth
    case userDemographicGender
    case userDemographicLanguage
    case userDemographicMaritalStatus
    case userDemographicPoliticalOpinion
    case userDemographicProfile
    case userDemographicRaceEthnicity
    case userDemographicReligiousBelief
    case userDemographicSexualOrientation
    case userDevice
    case userDeviceCookie
    case userDeviceCookieID
    case userDeviceDeviceID
    case userDeviceIPAddress
    case userFinancial
    case userFinancialBankAccount
    case userFinancialCreditCard
    case userGovernmentID
    case userGovernmentIDBirthCertificate
    case userGovernmentIDDriversLicenseNumber
    case userGovernmentIDImmigration
    case userGovernmentIDNationalIdentificationNumber
    case userGovernmentIDPassportNumber
    case userGovernmentIDVehicleRegistration
    case userHealthAndMedical
    case userHealthAndMedicalGenetic
    case userHealthAndMedicalInsuranceBeneficiaryID
    case userHealthAndMedicalRecordID
    case userJobTitle
    case userLocation
    case userLocationImprecise
    case userLocationPrecise
    case userName
    case userNameFirst
    case userNameLast
    case userPayment
    case userPrivacyPreferences
    case userSensor
    case userSocial
    case userTelemetry
    case userUniqueID
    case userUniqueIDPseudonymous
    case userUserSensor
    case userWorkplace
    /// Fields and types that the catalogue does not know: shown and erased with the rest, read by no plugin that does
    /// not name it.
    case unclassified

    /// The category's key in the taxonomy, such as `user.contact.email`.
    public var key: StaticString {
        switch self {
        case .system: "system"
        case .systemAuthentication: "system.authentication"
        case .systemOperations: "system.operations"
        case .user: "user"
        case .userAccount: "user.account"
        case .userAccountSettings: "user.account.settings"
        case .userAccountUsername: "user.account.username"
        case .userAuthorization: "user.authorization"
        case .userAuthorizationBiometric: "user.authorization.biometric"
        case .userAuthorizationCredentials: "user.authorization.credentials"
        case .userAuthorizationPassword: "user.authorization.password"
        case .userBehavior: "user.behavior"
        case .userBehaviorBrowsingHistory: "user.behavior.browsing_history"
        case .userBehaviorMediaConsumption: "user.behavior.media_consumption"
        case .userBehaviorPurchaseHistory: "user.behavior.purchase_history"
        case .userBehaviorSearchHistory: "user.behavior.search_history"
        case .userBiometric: "user.biometric"
        case .userBiometricFingerprint: "user.biometric.fingerprint"
        case .userBiometricHealth: "user.biometric.health"
        case .userBiometricRetinal: "user.biometric.retinal"
        case .userBiometricVoice: "user.biometric.voice"
        case .userChildrens: "user.childrens"
        case .userContact: "user.contact"
        case .userContactAddress: "user.contact.address"
        case .userContactAddressCity: "user.contact.address.city"
        case .userContactAddressCountry: "user.contact.address.country"
        case .userContactAddressPostalCode: "user.contact.address.postal_code"
        case .userContactAddressState: "user.contact.address.state"
        case .userContactAddressStreet: "user.contact.address.street"
        case .userContactEmail: "user.contact.email"
        case .userContactFaxNumber: "user.contact.fax_number"
        case .userContactOrganization: "user.contact.organization"
        case .userContactPhoneNumber: "user.contact.phone_number"
        case .userContactURL: "user.contact.url"
        case .userContent: "user.content"
        case .userContentPrivate: "user.content.private"
        case .userContentPublic: "user.content.public"
        case .userContentSelfImage: "user.content.self_image"
        case .userCriminalHistory: "user.criminal_history"
        case .userDemographic: "user.demographic"
        case .userDemographicAgeRange: "user.demographic.age_range"
        case .userDemographicDateOfBirth: "user.demographic.date_of_birth"
        case .userDemographicGender: "user.demographic.gender"
        case .userDemographicLanguage: "user.demographic.language"
        case .userDemographicMaritalStatus: "user.demographic.marital_status"
        case .userDemographicPoliticalOpinion: "user.demographic.political_opinion"
        case .userDemographicProfile: "user.demographic.profile"
        case .userDemographicRaceEthnicity: "user.demographic.race_ethnicity"
        case .userDemographicReligiousBelief: "user.demographic.religious_belief"
        case .userDemographicSexualOrientation: "user.demographic.sexual_orientation"
        case .userDevice: "user.device"
        case .userDeviceCookie: "user.device.cookie"
        case .userDeviceCookieID: "user.device.cookie_id"
        case .userDeviceDeviceID: "user.device.device_id"
        case .userDeviceIPAddress: "user.device.ip_address"
        case .userFinancial: "user.financial"
        case .userFinancialBankAccount: "user.financial.bank_account"
        case .userFinancialCreditCard: "user.financial.credit_card"
        case .userGovernmentID: "user.government_id"
        case .userGovernmentIDBirthCertificate: "user.government_id.birth_certificate"
        case .userGovernmentIDDriversLicenseNumber: "user.government_id.drivers_license_number"
        case .userGovernmentIDImmigration: "user.government_id.immigration"
        case .userGovernmentIDNationalIdentificationNumber: "user.government_id.national_identification_number"
        case .userGovernmentIDPassportNumber: "user.government_id.passport_number"
        case .userGovernmentIDVehicleRegistration: "user.government_id.vehicle_registration"
        case .userHealthAndMedical: "user.health_and_medical"
        case .userHealthAndMedicalGenetic: "user.health_and_medical.genetic"
        case .userHealthAndMedicalInsuranceBeneficiaryID: "user.health_and_medical.insurance_beneficiary_id"
        case .userHealthAndMedicalRecordID: "user.health_and_medical.record_id"
        case .userJobTitle: "user.job_title"
        case .userLocation: "user.location"
        case .userLocationImprecise: "user.location.imprecise"
        case .userLocationPrecise: "user.location.precise"
        case .userName: "user.name"
        case .userNameFirst: "user.name.first"
        case .userNameLast: "user.name.last"
        case .userPayment: "user.payment"
        case .userPrivacyPreferences: "user.privacy_preferences"
        case .userSensor: "user.sensor"
        case .userSocial: "user.social"
        case .userTelemetry: "user.telemetry"
        case .userUniqueID: "user.unique_id"
        case .userUniqueIDPseudonymous: "user.unique_id.pseudonymous"
        case .userUserSensor: "user.user_sensor"
        case .userWorkplace: "user.workplace"
        case .unclassified: "user.unclassified"
        }
    }

    /// The category with this key, or nil where there is none.
    public init?(key: UnsafeRawBufferPointer) {
        guard let match = Self.allCases.first(where: { Bytes.equal(key, $0.key) }) else { return nil }
        self = match
    }

    /// Whether this category is `ancestor` or below it: `user.contact.email` is within `user.contact`.
    ///
    /// `unclassified` is within itself only: nobody gets at unknown data by asking for `user`.
    public func isWithin(_ ancestor: DataCategory) -> Bool {
        if self == ancestor { return true }
        if self == .unclassified { return false }
        let key = key
        let prefix = ancestor.key
        let length = prefix.utf8CodeUnitCount
        guard key.utf8CodeUnitCount > length, key.utf8Start[length] == UInt8(ascii: ".") else { return false }
        return Bytes.equal(UnsafeRawBufferPointer(start: key.utf8Start, count: length), prefix)
    }
}
